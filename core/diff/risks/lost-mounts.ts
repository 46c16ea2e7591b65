import type { KubernetesObject } from "../../manifests/identity.ts";
import type { ObjectChange } from "../object-change.ts";
import { containersOf, mappings, podSpecOf } from "../pod-spec.ts";
import { type Finding, high, medium } from "../risk.ts";
import { textOf, valueAt } from "../values.ts";

/** Data of claims that pods no longer see, or no longer where they look for it. */
export function lostMounts({ before, after }: ObjectChange): readonly Finding[] {
  // Of pods that go no container starts without its data.
  if (before === undefined || after === undefined) return [];
  const [old, next] = [claimsOf(before), claimsOf(after)];
  const lost = [...old.values()].filter((claim) => ![...next.values()].includes(claim));
  const mounts = mountsOf(after, next);
  const containers = new Set(containersOf(podSpecOf(after)).map(({ name }) => textOf(name)));
  const moved = mountsOf(before, old).filter(({ container, claim, at }) => {
    const isHere = (one: Mount) => one.container === container || !containers.has(container);
    return (
      !lost.includes(claim) &&
      !mounts.some((one) => one.claim === claim && one.at === at && isHere(one))
    );
  });
  return [
    ...lost.map((claim) =>
      high(`no longer mounts the claim ${claim}: its pods start without that data`),
    ),
    ...moved.map(({ container, claim, at }) =>
      medium(`no longer finds the data of the claim ${claim} at ${at} (container ${container})`),
    ),
    ...onlyRead(mountsOf(before, old), mounts).map(({ container, claim }) =>
      medium(`can no longer write to the claim ${claim} (container ${container}, readOnly)`),
    ),
  ];
}

function onlyRead(before: readonly Mount[], after: readonly Mount[]): readonly Mount[] {
  const isSame = (one: Mount, other: Mount) =>
    one.container === other.container && one.claim === other.claim && one.at === other.at;
  return after.filter(
    (one) => one.isRead && before.some((other) => !other.isRead && isSame(one, other)),
  );
}

/** Volumes that a claim stands behind, those of a StatefulSet's templates too → the claim. */
function claimsOf(object: KubernetesObject | undefined): ReadonlyMap<string, string> {
  const named = mappings(podSpecOf(object)?.["volumes"]).flatMap((volume) => {
    const claim = valueAt(volume, "persistentVolumeClaim.claimName");
    return typeof claim === "string" ? [[textOf(volume["name"]), claim] as const] : [];
  });
  const own = mappings(valueAt(object, "spec.volumeClaimTemplates")).map((template) => {
    const name = textOf(valueAt(template, "metadata.name"));
    return [name, name] as const;
  });
  return new Map([...named, ...own]);
}

type Mount = {
  readonly container: string;
  readonly claim: string;
  /** `/data`, `/data (sub path db)`. */
  readonly at: string;
  /** Nothing can be written there. */
  readonly isRead: boolean;
};

function mountsOf(
  object: KubernetesObject | undefined,
  claims: ReadonlyMap<string, string>,
): readonly Mount[] {
  const read = new Set(
    mappings(podSpecOf(object)?.["volumes"])
      .filter((volume) => valueAt(volume, "persistentVolumeClaim.readOnly") === true)
      .map(({ name }) => textOf(name)),
  );
  return containersOf(podSpecOf(object)).flatMap((container) =>
    mappings(container["volumeMounts"]).flatMap((mount): readonly Mount[] => {
      const claim = claims.get(textOf(mount["name"]));
      if (claim === undefined) return [];
      const below = mount["subPath"] ?? mount["subPathExpr"];
      const path = textOf(mount["mountPath"]).replace(/(?<=.)\/+$/, "");
      const at = below === undefined ? path : `${path} (sub path ${textOf(below)})`;
      const isRead = mount["readOnly"] === true || read.has(textOf(mount["name"]));
      return [{ container: textOf(container["name"]), claim, at, isRead }];
    }),
  );
}
