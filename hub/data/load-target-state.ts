import { type AzureDevOps, oddAnswer } from "../../clients/azure-devops/connection.ts";
import { listTree, readFile } from "../../clients/azure-devops/items.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { type FreezeState, freezePath, judgeFreeze } from "../../core/freeze/freeze.ts";
import { indexFolder, inFolder } from "../../core/render/ownership-index.ts";
import { type Hold, holdPath, isHeld, parseHold } from "../../core/rollback/hold.ts";
import type { Verdict } from "../view/verdict.ts";
import { loadDeployed } from "./load-deployed.ts";
import type { Subject } from "./load-elsewhere.ts";
import { loadJudged } from "./load-judged.ts";
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
  readonly freeze: FreezeState;
};

export async function loadTargetState(
  ado: AzureDevOps,
  of: Subject,
  memory: Memory,
): Promise<TargetState> {
  const { repo, head, delivery, environment, connectors } = of;
  const folder = folderOf(of);
  const snapshots = of.snapshots.filter((one) => one.environment === environment);
  if (folder === undefined) {
    return { verdict: undefined, snapshots, hold: undefined, freeze: { kind: "none" } };
  }
  const path = inFolder(folder.path, holdPath(delivery));
  const frozen = inFolder(folder.path, freezePath);
  const [verdict, files] = await Promise.all([
    loadDeployed(ado, { repo, head, folder, connectors }, memory).then((deployed) =>
      loadJudged(ado, { repo, folder, delivery, deployed }, memory),
    ),
    memory(["hold", repo.repository, head, path], () =>
      readMarks(ado, { ...of, folder, paths: [path, frozen] }),
    ),
  ]);
  const text = files.get(path);
  return {
    verdict,
    snapshots,
    hold: text === undefined ? undefined : heldBy(ado, text, path),
    freeze: judgeFreeze(files.get(frozen), { environment, now: ado.now() }),
  };
}

// Deliveries may each have a folder of their own for an environment.
function folderOf({ folders, environment, delivery, folder }: Subject): WantedFolder | undefined {
  const all = folders.filter((one) => one.environment === environment);
  return (
    all.find(({ path }) => path === folder) ??
    all.find(({ deliveries }) => deliveries.some((one) => one.delivery === delivery)) ??
    (folder === undefined ? all[0] : undefined)
  );
}

// Looked for in its folder, which is there since an index is: a file that is asked for and absent
// would be an error in the browser's console.
async function readMarks(
  ado: AzureDevOps,
  of: Pick<Subject, "repo" | "head"> & {
    readonly folder: WantedFolder;
    readonly paths: readonly string[];
  },
): Promise<ReadonlyMap<string, string>> {
  const { repo, head: commit, paths } = of;
  const folder = inFolder(of.folder.path, indexFolder);
  const files = await listTree(ado, { repo, commit, path: folder, recursive: false });
  if (files.length === 0) throw oddAnswer(`${folder} of the target branch was not listed`);
  const found = new Map<string, string>();
  for (const path of paths.filter((one) => files.some((file) => file.path === one))) {
    const text = await readFile(ado, { repo, commit, path });
    if (text === undefined) throw oddAnswer(`${path} was listed, and is not there`);
    found.set(path, text);
  }
  return found;
}

function heldBy({ now }: AzureDevOps, text: string, path: string): TargetState["hold"] {
  const parsed = parseHold(text, path);
  if ("problem" in parsed) return { problem: parsed.problem.message };
  return isHeld(parsed.hold, now()) ? parsed.hold : undefined;
}
