import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { agoText } from "./ago.ts";
import type { Part } from "./apps-view.ts";

/** The newest moment that was seen healthy, where that is not the newest one: a way back. */
export type LastGoodView = { readonly commit: string; readonly text: string };

/** Of an app's delivery, or of the only delivery of an environment. */
export function lastGoodView(
  facts: Pick<EnvironmentsFacts, "repositories">,
  of: { readonly environment: string; readonly part: Part | undefined; readonly now: number },
): LastGoodView | undefined {
  const { environment, part, now } = of;
  const folders = facts.repositories
    .flatMap((repository) => repository.folders)
    .filter((folder) => folder.environment === environment);
  const [folder, other] = folders;
  if (folder === undefined || other !== undefined) return undefined;
  const [first, second] = folder.deliveries;
  const delivery = part?.delivery ?? (second === undefined ? first?.delivery : undefined);
  const commit = folder.lastGood.get(delivery ?? "")?.commit;
  if (commit === undefined || commit.commitId === folder.commits[0]?.commitId) return undefined;
  const at = commit.committer?.date;
  const age = at === undefined ? "" : ` (${agoText(at, now)})`;
  return {
    commit: commit.commitId,
    text: `Way back: ${commit.commitId.slice(0, 8)}${age} was healthy`,
  };
}
