// Data that an operator keeps for a custom resource: where, how much of it, and how long.
import { leavesOf } from "../leaves.ts";
import { quantity } from "../../manifests/quantity.ts";
import type { ObjectChange } from "../object-change.ts";
import { isKnownType } from "../object-type.ts";
import { keysOf } from "../path.ts";
import { type Finding, high, medium } from "../risk.ts";
import { textOf } from "../values.ts";

const times = /^(retention|retentionPolicy|retentionPeriod|retentionTime|retention\.ms|ttl)$/;
const sizes = /^(size|storage)$/;
const volumes = /storage|volume|disk|claim/i;
const claims =
  /^(volumeClaimTemplates?|volumeClaimSpec|dataVolumeClaimSpec|persistentVolumeClaim)$/;

/** Volumes that go, shrink or last as long as a pod, and data that is kept for a shorter time. */
export function operatorsData(change: ObjectChange): readonly Finding[] {
  const { before, after, identity, edits } = change;
  if (before === undefined || after === undefined || isKnownType(identity)) return [];
  const counted = edits.filter(({ noise }) => noise === undefined);
  const lostClaims = counted
    .filter(({ kind, path }) => kind === "removed" && claims.test(keysOf(path).at(-1) ?? ""))
    .map(({ path }) => high(`no longer keeps its data in a volume (${keysOf(path).join(".")})`));
  return [...lostClaims, ...counted.flatMap(leavesOf).flatMap(ofLeaf)];
}

function ofLeaf({ path, before, after }: ReturnType<typeof leavesOf>[number]): readonly Finding[] {
  const keys = keysOf(path);
  const [field = "", place] = [keys.at(-1), keys.join(".")];
  if (field === "deleteClaim" && after === true) {
    return [high(`no longer keeps data when it goes (${place})`)];
  }
  const isStored = keys.slice(0, -1).some((key) => volumes.test(key));
  if (field === "type" && isStored && after === "ephemeral" && before !== undefined) {
    return [high(`keeps its data as long as a pod lives (${place} ephemeral)`)];
  }
  const [was, is] = [textOf(before), textOf(after)];
  if (sizes.test(field) && isStored && isLess(quantity(after), quantity(before))) {
    return [high(`asks for ${is} instead of ${was} (${place}): a volume cannot get smaller`)];
  }
  if (field === "partitions" && isLess(quantity(after), quantity(before))) {
    return [medium(`asks for ${is} instead of ${was} partitions: they cannot become fewer`)];
  }
  return times.test(field) && isLess(seconds(after), seconds(before))
    ? [medium(`keeps data for ${is} instead of ${was} (${place})`)]
    : [];
}

function isLess<T extends bigint | number>(a: T | undefined, b: T | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}

const units: Readonly<Record<string, number>> = {
  ...{ ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 },
};

/** Of `720h`, `1h30m`, `30d`; a bare number counts in a unit of its own. */
function seconds(value: unknown): number | undefined {
  const text = textOf(value);
  if (/^\d{1,18}$/.test(text)) return Number(text);
  if (!/^(\d{1,9}(ms|[smhdwy]))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? 0), 0);
}
