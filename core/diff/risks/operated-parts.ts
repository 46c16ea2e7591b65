// Parts of what an operator runs: how many of each, and who reaches them.
import { leavesOf } from "../leaves.ts";
import { isRecord } from "../../manifests/parse.ts";
import type { ClassifiedEdit, ObjectChange } from "../object-change.ts";
import { isFlux, isKnownType } from "../object-type.ts";
import { keysOf } from "../path.ts";
import { type Finding, high, medium } from "../risk.ts";
import { textOf } from "../values.ts";

const counts = /^(replicas|replicaCount|instances|numberOfInstances|count|size|members|nodes)$/;

/** Groups of a custom resource, below what all kinds have at one place, that stop or become fewer. */
export function fewerParts(change: ObjectChange): readonly Finding[] {
  return countedEdits(change).flatMap((edit) => [
    ...leavesOf(edit).flatMap(({ path, before, after }): readonly Finding[] => {
      const keys = keysOf(path);
      if (keys.length < 3 || !counts.test(keys.at(-1) ?? "")) return [];
      if (typeof before !== "number" || typeof after !== "number" || after >= before) return [];
      const place = keys.slice(1).join(".");
      if (after === 0) return [high(`goes from ${before} to 0 ${place}: nothing of it runs`)];
      return after * 2 <= before ? [medium(`goes from ${before} to ${after} ${place}`)] : [];
    }),
    ...lostGroup(edit),
  ]);
}

function countedEdits({ before, after, identity, edits }: ObjectChange): readonly ClassifiedEdit[] {
  if (before === undefined || after === undefined) return [];
  if (isKnownType(identity) || isFlux(identity)) return [];
  return edits.filter(({ noise, path }) => noise === undefined && path[0] === "spec");
}

/** An item of a list that says how many of it run. */
function lostGroup(edit: ClassifiedEdit): readonly Finding[] {
  const step = edit.path.at(-1);
  if (edit.kind !== "removed" || typeof step === "string" || !isRecord(edit.before)) return [];
  const runs = Object.entries(edit.before).some(
    ([key, value]) => counts.test(key) && typeof value === "number" && value > 0,
  );
  const list = keysOf(edit.path).slice(1).join(".");
  return runs ? [medium(`no longer runs its ${list} ${step?.item ?? ""}`)] : [];
}

// Their own rules judge these.
const judged = /(traefik\.io|traefik\.containo\.us|gateway\.networking\.k8s\.io|istio\.io)$/;
const guards = /^(tls|ssl|auth|authentication|authorization)$/i;
const switches =
  /^(enable[A-Z_-]?(tls|ssl|auth).*|(tls|ssl|auth)(enabled|required)|require(tls|ssl|auth))$/i;

/** Parts of a custom resource that are opened to the outside, or ask no longer who calls; in sentences. */
export function openedParts(change: ObjectChange): readonly string[] {
  if (judged.test(change.identity.group)) return [];
  return countedEdits(change).flatMap((edit) => {
    const lost = edit.kind === "removed" && guards.test(textOf(edit.path.at(-1)));
    if (lost) return [`no longer guards who gets in (${keysOf(edit.path).join(".")})`];
    return leavesOf(edit).flatMap(({ path, before, after }) => {
      const keys = keysOf(path);
      const [field = "", place] = [keys.at(-1) ?? "", keys.join(".")];
      if (/type$/i.test(field) && isOutside(after) && !isOutside(before)) {
        return [`can be reached from outside of the cluster (${place} ${textOf(after)})`];
      }
      const isGuard = guards.test(field) || switches.test(field);
      const isOfGuard = guards.test(keys.at(-2) ?? "") || isGuard;
      const isOff =
        (before === true && after === false && (isGuard || (isOfGuard && field === "enabled"))) ||
        (after === true &&
          before !== true &&
          field === "disabled" &&
          keys.some((key) => guards.test(key)));
      return isOff ? [`no longer guards who gets in (${place})`] : [];
    });
  });
}

function isOutside(type: unknown): boolean {
  return typeof type === "string" && /^(load-?balancer|node-?port)$/i.test(type);
}
