import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { OwnershipIndex, Provenance } from "../../core/render/ownership-index.ts";
import { byPromotion } from "../view/environment-order.ts";
import { type Verdict, verdictOf } from "../view/verdict.ts";
import { loadDeployed } from "./load-deployed.ts";
import type { WantedFolder } from "./load-wanted.ts";
import { loadEditedAt } from "./load-edited-at.ts";
import { loadJudged } from "./load-judged.ts";
import type { Memory } from "./memory.ts";
import { type Read, reading } from "./read.ts";

/** Whether the environment before this one has the same code and images, and how it is there. */
export type Elsewhere =
  /** No other environment of the delivery comes before this one. */
  | { readonly state: "first" }
  /** What it was rendered from stands in no index: a script made it, or an older version. */
  | { readonly state: "unrecorded" }
  | {
      /** It is what is wanted there now; no verdict where no connector has said anything. */
      readonly state: "there";
      readonly environment: string;
      readonly verdict: Verdict | undefined;
      readonly snapshots: readonly EnvironmentSnapshot[];
      /** Files there that are not as its index, which tells code and images, records them. */
      readonly edited: Read<readonly string[]>;
    }
  /** It was seen healthy there, and another one is wanted there since. */
  | { readonly state: "was-there"; readonly environment: string; readonly at: string }
  /** Neither what is wanted there nor what was last seen healthy there. */
  | { readonly state: "other"; readonly environment: string; readonly wants: string };

export type Subject = {
  readonly repo: RepositoryRef;
  /** Of the target branch. */
  readonly head: string;
  readonly delivery: string;
  readonly environment: string;
  /** The folder of the delivery there, as it is proposed; undefined: it has none. */
  readonly folder: string | undefined;
  /** What is proposed. */
  readonly index: OwnershipIndex | undefined;
  /** All of the target branch as it is. */
  readonly folders: readonly WantedFolder[];
  readonly snapshots: readonly EnvironmentSnapshot[];
  readonly connectors: ReadonlySet<string>;
};

export async function loadElsewhere(
  ado: AzureDevOps,
  of: Subject,
  memory: Memory,
): Promise<Elsewhere> {
  const { delivery, index } = of;
  const before = of.folders
    .filter(({ deliveries }) => deliveries.some((one) => one.delivery === delivery))
    .filter(({ environment }) => byPromotion(environment, of.environment) < 0)
    .sort((a, b) => byPromotion(b.environment, a.environment))[0];
  if (before === undefined) return { state: "first" };
  if (index?.provenance.source === undefined) return { state: "unrecorded" };
  const { environment } = before;
  const own = before.deliveries.find((one) => one.delivery === delivery);
  const { repo, head, connectors } = of;
  const deployed = await loadDeployed(ado, { repo, head, folder: before, connectors }, memory);
  const name = `${delivery}/${environment}`;
  if (own !== undefined && isSame(own.provenance, index.provenance)) {
    const judged = { repo, folder: before, delivery, deployed };
    const at = { repo, commit: head, path: before.path, index: own };
    const [verdict, edited] = await Promise.all([
      loadJudged(ado, judged, memory),
      reading(loadEditedAt(ado, at, memory)),
    ]);
    const snapshots = of.snapshots.filter((one) => one.environment === environment);
    return { state: "there", environment, verdict, snapshots, edited };
  }
  const good = deployed.lastGood.get(delivery);
  if (good?.index !== undefined && isSame(good.index.provenance, index.provenance)) {
    const at = verdictOf(good.commit.statuses, name)?.at ?? "";
    return { state: "was-there", environment, at };
  }
  return { state: "other", environment, wants: wantsText(own?.provenance) };
}

// Each environment has a configuration of its own: the same change is the same code and images.
function isSame(a: Provenance, b: Provenance): boolean {
  const text = ({ source, images }: Provenance) =>
    JSON.stringify([
      source?.repository,
      source?.commit,
      Object.entries(images).sort(([one], [other]) => (one < other ? -1 : 1)),
    ]);
  return a.source !== undefined && text(a) === text(b);
}

function wantsText(provenance: Provenance | undefined): string {
  const commit = provenance?.source?.commit;
  return commit === undefined ? "what is not recorded" : `code ${commit.slice(0, 8)}`;
}
