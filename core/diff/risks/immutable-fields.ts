import { immutablePlaces } from "../immutable-places.ts";
import { valueAt } from "../values.ts";
import { isForced } from "../forced.ts";
import type { ObjectChange } from "../object-change.ts";
import { typeName } from "../object-type.ts";
import { keysOf } from "../path.ts";
import { quantity } from "../../manifests/quantity.ts";
import { type Finding, high, type Surroundings } from "../risk.ts";

/** Changes that fail when Flux applies them, or delete and recreate the object where it may force. */
export function immutableFields(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { before, after, renamedFrom } = change;
  if (before === undefined || after === undefined || renamedFrom !== undefined) return [];
  return [...changedImmutable(change), ...shrunk(change), ...heldSmall(change, beside)];
}

function changedImmutable(change: ObjectChange): readonly Finding[] {
  const { before, after, identity, edits } = change;
  const paths = edits.flatMap(({ path, noise }) =>
    noise === undefined ? [keysOf(path).join(".")] : [],
  );
  const names = immutablePlaces(identity, paths, { before, after }).join(", ");
  if (names === "") return [];
  return [
    {
      severity: "high",
      text: isForced(change)
        ? `changes ${names}, which cannot be changed: Flux deletes and recreates the object`
        : `changes ${names}, which cannot be changed: the cluster will refuse it, and Flux fails`,
    },
  ];
}

function shrunk(change: ObjectChange): readonly Finding[] {
  const sizes = shrunkClaim(change);
  if (sizes === undefined) return [];
  const text = `asks for ${sizes.to} instead of ${sizes.from}: a claim cannot get smaller, the cluster will refuse it, and Flux fails`;
  return [high(text)];
}

// Whether volumes may grow is for their class to say (admission plugin PersistentVolumeClaimResize).
function heldSmall(change: ObjectChange, { after }: Surroundings): readonly Finding[] {
  const sizes = claimSizes(change);
  if (sizes === undefined || sizes.next <= sizes.old) return [];
  const name = valueAt(change.after, "spec.storageClassName");
  const storageClass = after.find(
    (one) => one.kind === "StorageClass" && one.metadata.name === name,
  );
  if (storageClass === undefined || storageClass["allowVolumeExpansion"] === true) return [];
  const text = `asks for ${sizes.to} instead of ${sizes.from}: volumes of StorageClass ${storageClass.metadata.name} cannot grow (allowVolumeExpansion), the cluster will refuse it, and Flux fails`;
  return [high(text)];
}

/** What a claim asked for and asks for now, where that is less; undefined where it is not, or not told. */
export function shrunkClaim(change: ObjectChange): Sizes | undefined {
  const sizes = claimSizes(change);
  return sizes && sizes.next < sizes.old ? sizes : undefined;
}

type Sizes = { readonly from: string; readonly to: string };

function claimSizes({ before, after, identity }: ObjectChange) {
  if (typeName(identity) !== "PersistentVolumeClaim") return undefined;
  const [from, to] = [before, after].map((side) =>
    valueAt(side, "spec.resources.requests.storage"),
  );
  const [old, next] = [quantity(from), quantity(to)];
  if (old === undefined || next === undefined) return undefined;
  return { from: String(from), to: String(to), old, next };
}
