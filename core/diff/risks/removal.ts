import { goesWithAll, isIgnored } from "../../flux/garbage-collection.ts";
import { objectName } from "../../manifests/object-name.ts";
import { isFlux, typeName } from "../object-type.ts";
import { usersOf } from "../users.ts";
import { isSuspended } from "../kept.ts";
import type { Keeper, ObjectChange } from "../object-change.ts";
import { type Finding, high, medium, type Surroundings } from "../risk.ts";
import { isRelied, lossOf } from "./grave-kinds.ts";
import { secretMadeBy } from "./made-secrets.ts";

const stays: Readonly<Record<Keeper, string>> = {
  object: "leaves git but keeps running: its metadata tells Flux not to delete it",
  helm: "leaves its chart but keeps running: its annotation tells Helm not to delete it",
  kustomization: "leaves git but keeps running: its Flux Kustomization does not delete it",
};

/** What deletes it, and when. */
function howItGoes({ before, goesWith }: ObjectChange): string {
  if (goesWith !== undefined) {
    return `says that it is not deleted, but goes with ${goesWith}, which is`;
  }
  return before !== undefined && isIgnored(before)
    ? "is removed, and Flux before 2.9 deletes it where it prunes (ssa: Ignore)"
    : "is removed, and Flux deletes it where it prunes";
}

/** Flux deletes what leaves git, unless something keeps it. */
export function removal(removed: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { change, before, identity, kept } = removed;
  if (change !== "removed") return leftBehind(removed, beside);
  if (kept !== undefined) return [medium(stays[kept])];
  const goes = howItGoes(removed);
  if (isFlux(identity)) return removedFlux(removed, beside);
  const loss = lossOf(identity, before);
  if (loss !== undefined) return [high(`${goes}: ${loss}`)];
  const use = stillUsed(identity, beside) ?? usedThrough(removed, beside);
  if (use !== undefined) return [high(`${goes}, ${use}`)];
  if (isRelied(identity) || removed.goesWith !== undefined) return [medium(goes)];
  const mayBeUsed = ["ConfigMap", "ServiceAccount"].includes(typeName(identity));
  return mayBeUsed && !beside.isWhole ? [medium(`${goes}: what still uses it stops working`)] : [];
}

/** Under a name that its content decides an object is another one: who names the old one loses it. */
function leftBehind({ identity, renamedFrom }: ObjectChange, beside: Surroundings) {
  if (renamedFrom === undefined) return [];
  const use = stillUsed({ ...identity, name: renamedFrom }, beside);
  const goes = `takes the place of ${renamedFrom}, which Flux deletes where it prunes`;
  return use === undefined ? [] : [high(`${goes}, ${use}`)];
}

function stillUsed(
  identity: Pick<ObjectChange["identity"], "kind" | "namespace" | "name">,
  { after }: Surroundings,
): string | undefined {
  const [user, ...others] = usersOf(identity, after);
  if (user === undefined) return undefined;
  const use = others.length > 0 ? ` and ${others.length} more still use it` : " still uses it";
  return `while ${objectName(user)}${use}`;
}

/** What makes a Secret takes it along. */
function usedThrough({ before, identity }: ObjectChange, beside: Surroundings): string | undefined {
  const name = secretMadeBy(before);
  if (name === undefined) return undefined;
  const { namespace } = identity;
  const use = stillUsed({ kind: "Secret", namespace, name }, beside);
  return use && `and the Secret ${name} with it, ${use}`;
}

function removedFlux(removed: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { before, identity } = removed;
  const goes = howItGoes(removed);
  if (identity.kind === "HelmRelease" && isSuspended(before)) {
    return [
      medium("is removed while it is suspended: what its chart made keeps running, without Flux"),
    ];
  }
  if (identity.kind === "HelmRelease") {
    return [high(`${goes}: Flux uninstalls everything that its chart made`)];
  }
  if (identity.kind !== "Kustomization") {
    const use = stillUsed(identity, beside);
    if (use !== undefined) return [high(`${goes}, ${use}`)];
    if (identity.group !== "notification.toolkit.fluxcd.io") return [medium(goes)];
    const tells = identity.kind === "Alert" && !isSuspended(before);
    return tells ? [medium(`${goes}: nobody is told of anything by it any more`)] : [];
  }
  const orphans = before !== undefined && !goesWithAll(before);
  return orphans
    ? [medium("is removed: what it applied keeps running, without Flux")]
    : [high(`${goes}: with it goes everything that it applied`)];
}
