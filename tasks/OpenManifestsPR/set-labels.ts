import { addLabel, listLabels } from "../../clients/azure-devops/pull-request-labels.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { Work } from "./deps.ts";
import { explainRefusals } from "./refusal.ts";

/** What fluxgate.yaml and the input name, each once: labels do not tell cases apart. */
export function wantedLabels({
  render,
  inputs,
}: Pick<Work, "render" | "inputs">): readonly string[] {
  const all = [...(render.environment.labels ?? []), ...inputs.labels];
  return [...new Map(all.map((name) => [name.toLowerCase(), name])).values()];
}

/**
 * Adds those that are not there. They are part of the request that opens it, but whether the
 * service takes them there is disputed (microsoft/azure-devops-mcp#684).
 */
export async function setLabels(work: Work, pullRequest: PullRequest): Promise<void> {
  const { ado, repo } = work;
  const wanted = wantedLabels(work);
  if (wanted.length === 0) return;
  const id = pullRequest.pullRequestId;
  // A single pull request leaves them out, as a list does where there are none.
  const present =
    pullRequest.labels?.map(({ name }) => name) ?? (await listLabels(ado, { repo, id }));
  const there = new Set(present.map((name) => name.toLowerCase()));
  for (const name of wanted) {
    if (there.has(name.toLowerCase())) continue;
    await explainRefusals(work, `set label ${name} on !${id}`, () =>
      addLabel(ado, { repo, id, name }),
    );
  }
}
