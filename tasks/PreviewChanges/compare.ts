import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { resolveRevision } from "../../clients/git-files.ts";
import { runGitInCheckout } from "../../clients/git-objects.ts";
import { compareManifests } from "../../core/diff/compare-manifests.ts";
import { InputError, problemText } from "../../core/errors.ts";
import { failedPreview, type Preview, previewOf } from "../../core/report/preview.ts";
import { judgedComparison } from "../../kube/judged-comparison.ts";
import type { Kube } from "../../kube/kube.ts";
import { preferTools } from "../../rendering/processes/find-tool.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import { noMerge } from "../common/no-merge.ts";
import type { Inputs } from "./inputs.ts";
import { renderSide, type Side } from "./render-side.ts";

type Deps = {
  readonly log: TaskLog;
  /** Says what the API server would refuse of it. */
  readonly kube: Kube;
};

/** Renders the merge and its target, and writes what differs, an environment a file. */
export async function runCompare(inputs: Inputs, { log, kube }: Deps): Promise<TaskOutcome> {
  const { sources, tempFolder, outputFolder, toolsFolder } = inputs;
  const base = await resolveRevision(sources, "HEAD^1");
  if (base === undefined) throw noMerge(sources, await resolveRevision(sources, "HEAD"));
  if (toolsFolder !== undefined) await preferTools(toolsFolder);
  const scratch = mkdtempSync(join(tempFolder, "preview-"));
  const target = join(scratch, "target");
  try {
    await runGitInCheckout(sources, ["worktree", "add", "--quiet", "--detach", target, base]);
    const old = await renderSide(inputs, {
      checkout: target,
      outputFolder: join(scratch, "before"),
    });
    const next = await renderSide(inputs, {
      checkout: sources,
      outputFolder: join(scratch, "after"),
    });
    const previews = await previewsOf(inputs, { old, next, kube });
    mkdirSync(outputFolder, { recursive: true });
    for (const preview of previews) {
      const file = join(outputFolder, `${preview.environment}.json`);
      writeFileSync(file, `${JSON.stringify(preview)}\n`);
      log.info(`${preview.environment}: ${preview.verdict}`);
    }
    if (next.kind === "refused") throw new InputError(next.problems, { code: "render-failed" });
    return {
      outputs: { outputFolder },
      summary: `${previews.flatMap((one) => [`## ${one.environment}`, "", ...one.markdown, ""]).join("\n")}\n`,
      message: previews.map(({ environment, verdict }) => `${environment}: ${verdict}`).join("; "),
    };
  } finally {
    await runGitInCheckout(sources, ["worktree", "remove", "--force", target]).catch(
      () => undefined,
    );
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Sides = { readonly old: Side; readonly next: Side; readonly kube: Kube };

async function previewsOf(inputs: Inputs, { old, next, kube }: Sides): Promise<readonly Preview[]> {
  const namesIn = (side: Side) =>
    side.kind === "rendered" ? side.delivery.environments.map(({ name }) => name) : [];
  const all = [...new Set([...namesIn(next), ...namesIn(old)])];
  const names = inputs.environments.length > 0 ? inputs.environments : all;
  const delivery =
    next.kind === "rendered"
      ? next.delivery.name
      : old.kind === "rendered"
        ? old.delivery.name
        : "delivery";
  if (next.kind === "refused") {
    const failed = names.length > 0 ? names : ["all"];
    return failed.map((environment) => failedPreview({ delivery, environment }, next.problems));
  }
  const previews: Preview[] = [];
  for (const environment of names) {
    const before = old.kind === "rendered" ? old.manifests(environment) : undefined;
    const after = next.manifests(environment);
    const compared = await judgedComparison(
      compareManifests(before ?? [], after ?? []),
      after ?? [],
      kube,
    );
    const notes = notesOf(environment, { old, before, after });
    previews.push(previewOf({ delivery, environment }, compared, notes));
  }
  return previews;
}

type Found = { readonly old: Side; readonly before: unknown; readonly after: unknown };

function notesOf(environment: string, { old, before, after }: Found) {
  if (old.kind === "refused" && !old.isMissing) {
    const [first] = old.problems;
    const why = first === undefined ? "" : `: ${problemText(first)}`;
    const text = `the target branch does not render, so that everything looks new here${why}`;
    return [{ text, isGap: true }];
  }
  const text =
    after === undefined
      ? `fluxgate.yaml no longer has the environment ${environment}: nothing is deployed there any more, and what runs stays`
      : before === undefined
        ? `The environment ${environment} is new: everything in it is.`
        : undefined;
  return text === undefined ? [] : [{ text, isGap: false }];
}
