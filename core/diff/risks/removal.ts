import { isRecord } from "../../manifests/parse.ts";
import { objectName } from "../object-name.ts";
import { isFlux, typeName } from "../object-type.ts";
import { valueAt } from "../values.ts";
import { usersOf } from "../users.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Finding, Surroundings } from "../risk.ts";
import { isRelied, lossOf } from "./grave-kinds.ts";

const goes = "is removed, and Flux deletes it where it prunes";

/** Flux deletes what leaves git, unless the object opted out. */
export function removal(removed: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { change, before, identity, kept } = removed;
  if (change !== "removed") return [];
  const medium = (text: string): readonly Finding[] => [{ severity: "medium", text }];
  const high = (text: string): readonly Finding[] => [{ severity: "high", text }];
  if (isOptedOut(before)) {
    return medium("leaves git but keeps running: its annotation tells Flux not to delete it");
  }
  if (kept) {
    return medium("leaves git but keeps running: its Flux Kustomization does not prune");
  }
  if (isFlux(identity)) return removedFlux(removed);
  const loss = lossOf(identity, before);
  if (loss !== undefined) return high(`${goes}: ${loss}`);
  const users = usersOf(identity, beside.after);
  if (users[0] !== undefined) {
    const more = users.length > 1 ? ` and ${users.length - 1} more` : "";
    return high(`${goes}, while ${objectName(users[0])}${more} still uses it`);
  }
  if (isRelied(identity)) return medium(goes);
  const mayBeUsed = ["ConfigMap", "ServiceAccount"].includes(typeName(identity));
  return mayBeUsed && !beside.isWhole ? medium(`${goes}: what still uses it stops working`) : [];
}

function removedFlux({ before, identity }: ObjectChange): readonly Finding[] {
  const high = (text: string): readonly Finding[] => [{ severity: "high", text }];
  if (identity.kind === "HelmRelease") {
    return high(`${goes}: Flux uninstalls everything that its chart made`);
  }
  if (identity.kind !== "Kustomization") {
    return identity.group === "notification.toolkit.fluxcd.io"
      ? []
      : [{ severity: "medium", text: goes }];
  }
  const spec = valueAt(before, "spec");
  const orphans = isRecord(spec) && (spec["prune"] !== true || spec["deletionPolicy"] === "Orphan");
  return orphans
    ? [{ severity: "medium", text: "is removed: what it applied keeps running, without Flux" }]
    : high(`${goes}: with it goes everything that it applied`);
}

// kustomize-controller leaves alone what says so in a label or an annotation.
function isOptedOut(object: ObjectChange["before"]): boolean {
  return ["labels", "annotations"].some((field) => {
    const values = valueAt(object, `metadata.${field}`);
    return ["prune", "reconcile"].some(
      (key) =>
        isRecord(values) &&
        String(values[`kustomize.toolkit.fluxcd.io/${key}`]).toLowerCase() === "disabled",
    );
  });
}
