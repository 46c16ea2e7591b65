// What a Namespace asks of its pods: kubernetes.io/docs/concepts/security/pod-security-admission.
import { labelsOf } from "../labels.ts";
import { type Finding, high, medium } from "../risk.ts";
import { bothOf, textOf } from "../values.ts";
import { isOlder } from "../version-order.ts";

const levels = ["privileged", "baseline", "restricted"];
const label = "pod-security.kubernetes.io/enforce";

/** A level, or the rules of a Kubernetes version, that refuses less than before. */
export function weakerPodSecurity(before: unknown, after: unknown): readonly Finding[] {
  const [was, is] = bothOf(before, after, levelOf);
  const [old, next] = bothOf(was, is, rankOf);
  if (next < old) {
    return [high(`lets pods do more: its PodSecurity level goes from ${was} to ${is}`)];
  }
  const [from, to] = bothOf(before, after, versionOf);
  // What asks nothing asks it by no version.
  const isWeaker = old > 0 && to !== latest && (from === latest || isOlder(to, from));
  return isWeaker
    ? [medium(`judges pods by the PodSecurity rules of ${to}, before by those of ${from}`)]
    : [];
}

/** What it asks of its pods; `none` where it asks nothing. */
export function levelOf(namespace: unknown): string {
  return textOf(labelsOf(namespace)[label] ?? "none");
}

/** None, or none that there is, lets pods do all. */
export function rankOf(level: string): number {
  return Math.max(0, levels.indexOf(level));
}

const latest = "latest";

// The admission plugin takes a version that it cannot read for the latest one.
function versionOf(namespace: unknown): string {
  const version = textOf(labelsOf(namespace)[`${label}-version`] ?? latest);
  return /^v1\.\d+$/.test(version) ? version : latest;
}

/** Whether it judges by the rules as they are now: older versions asked for less. */
export function isJudged(namespace: unknown): boolean {
  return !isOlder(versionOf(namespace), oldest);
}

/** Since then nothing was added that pods of a usual manifest lack. */
const oldest = "v1.25";
