import { type AzureDevOps, oddAnswer } from "../../clients/azure-devops/connection.ts";
import { listTree, readFile } from "../../clients/azure-devops/items.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { indexFolder, inFolder } from "../../core/render/ownership-index.ts";
import { type Hold, holdPath, isHeld, parseHold } from "../../core/rollback/hold.ts";
import { type Verdict, verdictOf } from "../view/verdict.ts";
import { loadDeployed } from "./load-deployed.ts";
import type { Subject } from "./load-elsewhere.ts";
import type { WantedFolder } from "./load-wanted.ts";
import type { Memory } from "./memory.ts";

/** How the environment is before the merge. */
export type TargetState = {
  /** Of what is there now; undefined: nobody said anything of it. */
  readonly verdict: Verdict | undefined;
  /** Of its clusters, whatever they say; empty: no connector reports on it. */
  readonly snapshots: readonly EnvironmentSnapshot[];
  /** What must not be deployed again by itself. */
  readonly hold: Hold | { readonly problem: string } | undefined;
};

export async function loadTargetState(
  ado: AzureDevOps,
  of: Subject,
  memory: Memory,
): Promise<TargetState> {
  const { repo, head, delivery, environment, connectors } = of;
  const folder = of.folders.find((one) => one.environment === environment);
  const snapshots = of.snapshots.filter((one) => one.environment === environment);
  if (folder === undefined) return { verdict: undefined, snapshots, hold: undefined };
  const path = inFolder(folder.path, holdPath(delivery));
  const [deployed, text] = await Promise.all([
    loadDeployed(ado, { repo, head, folder, connectors }, memory),
    memory(["hold", repo.repository, head, path], () => readHold(ado, { ...of, folder, path })),
  ]);
  const name = `${delivery}/${environment}`;
  const verdict = deployed.commits.map(({ statuses }) => verdictOf(statuses, name)).find(Boolean);
  return { verdict, snapshots, hold: text === undefined ? undefined : heldBy(ado, text, path) };
}

// Looked for in its folder, which is there since an index is: a file that is asked for and absent
// would be an error in the browser's console.
async function readHold(
  ado: AzureDevOps,
  of: Pick<Subject, "repo" | "head"> & { readonly folder: WantedFolder; readonly path: string },
): Promise<string | undefined> {
  const { repo, head: commit, path } = of;
  const folder = inFolder(of.folder.path, indexFolder);
  const files = await listTree(ado, { repo, commit, path: folder, recursive: false });
  if (files.length === 0) throw oddAnswer(`${folder} of the target branch was not listed`);
  if (!files.some((file) => file.path === path)) return undefined;
  return readFile(ado, { repo, commit, path });
}

function heldBy({ now }: AzureDevOps, text: string, path: string): TargetState["hold"] {
  const parsed = parseHold(text, path);
  if ("problem" in parsed) return { problem: parsed.problem.message };
  return isHeld(parsed.hold, now()) ? parsed.hold : undefined;
}
