import { serverGap, serverSentence } from "../../core/diff/server/server-word.ts";
import { withServerWord } from "../../core/diff/server/with-server-word.ts";
import { type FindDefinitions, judgeChanges } from "../../kube/judge-changes.ts";
import { seenChanges } from "../view/changes-view.ts";
import type { SeenServer } from "./beside/questions.ts";
import type { Changes } from "./compare-commits.ts";
import { openKubeOfPage } from "./open-kube.ts";

export type AskedServer = Pick<Changes, "analysis" | "noise"> & {
  readonly findDefinitions?: FindDefinitions;
};

/**
 * Asks the API server's own code what it would refuse of a comparison that is already on the screen.
 * The module is loaded only where something changes that it can judge, and goes again with the answer.
 */
export async function askServer(
  { analysis, noise, findDefinitions }: AskedServer,
  openKube: typeof openKubeOfPage = openKubeOfPage,
): Promise<SeenServer> {
  let close = () => {};
  const word = await judgeChanges({
    objects: analysis.objects,
    ...(findDefinitions && { findDefinitions }),
    open: async () => {
      const kube = await openKube("validate");
      close = kube.close;
      return kube;
    },
  }).finally(() => close());
  const sentence = serverSentence(word);
  const refusals = word.kind === "said" ? word.refusals : [];
  const isKnown = word.kind !== "unasked";
  const gap = serverGap(word);
  const said: SeenServer = {
    isKnown,
    ...(sentence === undefined ? {} : { sentence }),
    ...(gap === undefined ? {} : { gap }),
  };
  if (refusals.length === 0) return said;
  const risks = withServerWord(analysis.risks, refusals);
  return { ...said, view: seenChanges({ ...analysis, risks }, noise).view };
}
