// Data that an operator keeps for a custom resource: where, how much of it, and how long.
import type { Edit } from "../edits.ts";
import { leavesOf } from "../leaves.ts";
import { isRecord } from "../../manifests/parse.ts";
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
    .flatMap((edit) => (edit.kind === "removed" ? lostPlaces(edit) : []))
    .map((place) => high(`no longer keeps its data in a volume (${place})`));
  return [...lostClaims, ...counted.flatMap(leavesOf).flatMap(ofLeaf)];
}

// A pod's volumes are for other rules to judge.
function lostPlaces({ path, before }: Extract<Edit, { kind: "removed" }>): readonly string[] {
  return claimsIn(keysOf(path), typeof path.at(-1) === "string" ? before : undefined);
}

/** Where claims stand in what goes. */
function claimsIn(keys: readonly string[], value: unknown): readonly string[] {
  if (claims.test(keys.at(-1) ?? "")) return [keys.join(".")];
  const inner = isRecord(value) ? Object.entries(value) : [];
  return inner.flatMap(([key, one]) => claimsIn([...keys, key], one));
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
  const isShorter = isBare(is) === isBare(was) && isLess(seconds(is, field), seconds(was, field));
  return times.test(field) && isShorter
    ? [medium(`keeps data for ${is} instead of ${was} (${place})`)]
    : [];
}

function isLess<T extends bigint | number>(a: T | undefined, b: T | undefined): boolean {
  return a !== undefined && b !== undefined && a < b;
}

const units: Readonly<Record<string, number>> = {
  ...{ ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 },
};

/** Its unit is the field's own: of no other number than a bare one it is more or less. */
function isBare(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

/** Of `720h`, `1h30m`, `30d`. */
function seconds(text: string, field: string): number | undefined {
  if (isBare(text)) return Number(text);
  if (!/^(\d{1,9}(ms|[smhdwy]))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  return parts.reduce((sum, [, count, unit = ""]) => {
    // CloudNativePG's: days, weeks, months.
    const isMonths = field === "retentionPolicy" && unit === "m";
    return sum + Number(count) * (isMonths ? 30 * 86_400 : (units[unit] ?? 0));
  }, 0);
}
