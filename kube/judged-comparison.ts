import type { Comparison } from "../core/diff/compare-manifests.ts";
import type { ServerWord } from "../core/diff/server/server-word.ts";
import { withServerWord } from "../core/diff/server/with-server-word.ts";
import { definitionsAmong } from "../core/merge/definitions-among.ts";
import { judgeChanges } from "./judge-changes.ts";
import type { Kube } from "./kube.ts";

/**
 * A comparison with what the API server's own code would refuse among its risks.
 * @param after all files as they will be: definitions among them judge custom resources
 */
export async function judgedComparison<Compared extends Pick<Comparison, "objects" | "risks">>(
  compared: Compared,
  after: Parameters<typeof definitionsAmong>[0],
  kube: Kube,
): Promise<Compared & { readonly server: ServerWord }> {
  const { objects, risks } = compared;
  const definitions = definitionsAmong(after, objects);
  const server = await judgeChanges({ objects, definitions, open: () => Promise.resolve(kube) });
  const refusals = server.kind === "said" ? server.refusals : [];
  return { ...compared, risks: withServerWord(risks, refusals), server };
}
