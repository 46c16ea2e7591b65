import { imageChanges } from "../image-changes.ts";
import type { ObjectChange } from "../object-change.ts";
import { isKnownType } from "../object-type.ts";
import { containersOf, mappings, podSpecOf } from "../pod-spec.ts";
import { type Finding, medium } from "../risk.ts";
import { textOf, valueAt } from "../values.ts";
import { isMajor, isOlder } from "../version-order.ts";
import { standsForData } from "./grave-kinds.ts";

/** Images that go back, can move under their tag, or come from somewhere else. */
export function imageRisks(change: ObjectChange): readonly Finding[] {
  return [...neverPulled(change), ...changedImages(change)];
}

/** A container whose image nobody fetches any more. */
function neverPulled({ before, after }: ObjectChange): readonly Finding[] {
  const pulls = (side: ObjectChange["after"]) =>
    containersOf(podSpecOf(side)).filter((one) => one["imagePullPolicy"] === "Never");
  const had = pulls(before).map(({ name }) => name);
  return pulls(after)
    .filter(({ name }) => !had.includes(name))
    .map(({ name }) =>
      medium(
        `container ${textOf(name)} starts only on nodes that have its image already (imagePullPolicy Never)`,
      ),
    );
}

function changedImages(change: ObjectChange): readonly Finding[] {
  return imageChanges([change]).flatMap(({ name, from, to, renamedFrom }): readonly Finding[] => {
    if (to === undefined) return [];
    // A tag without a number is a name that is given to one content after another.
    const movable = to === "" || /^[a-z][a-z._-]*$/i.test(to);
    return [
      ...(movable
        ? [medium(`image ${name} has the tag ${to || "latest"}, which can move to other content`)]
        : []),
      ...(renamedFrom === undefined
        ? []
        : [medium(`image ${name} replaces ${renamedFrom}: another repository`)]),
      ...(from !== undefined && renamedFrom === undefined && isOlder(to, from)
        ? [medium(`image ${name} goes back from ${from} to ${to}`)]
        : []),
      ...(from !== undefined && renamedFrom === undefined && keepsData(change) && isMajor(to, from)
        ? [
            medium(
              `image ${name} goes from ${from} to ${to}: another major version of what keeps data`,
            ),
          ]
        : []),
      ...(from?.includes("@") && !to.includes("@")
        ? [medium(`image ${name} is no longer pinned by its digest`)]
        : []),
    ];
  });
}

/** Its pods mount claims, or its operator keeps data for it. */
export function keepsData({ after, identity }: ObjectChange): boolean {
  if (!isKnownType(identity)) return standsForData(identity);
  const claims = mappings(podSpecOf(after)?.["volumes"]).some(
    (volume) => volume["persistentVolumeClaim"] !== undefined,
  );
  return claims || mappings(valueAt(after, "spec.volumeClaimTemplates")).length > 0;
}
