import type { Mapping } from "../pod-spec.ts";
import { referenceIn } from "../reference-in.ts";
import { type Finding, high, medium } from "../risk.ts";
import { same, textOf, valueAt } from "../values.ts";
import { isOlder } from "../version-order.ts";

/** A Helm release that takes another chart, or is upgraded otherwise. */
export function fluxReleases(
  before: Mapping,
  after: Mapping,
  namespace: string,
): readonly Finding[] {
  const at = (field: string) => [valueAt(before, field), valueAt(after, field)] as const;
  const [from, to] = at("spec.chart.spec.version");
  const sameChart = same(...nulls(at("spec.chart.spec.chart")));
  const sameSource = ["spec.chart.spec.sourceRef", "spec.chartRef"].every((field) => {
    const [was, is] = at(field).map((one) => referenceIn(namespace, one));
    return same(was, is);
  });
  const turned = (field: string, value: unknown) => {
    const [was, is] = at(field);
    return was !== value && is === value;
  };
  const definitions = (is: unknown) => is === "Create" || is === "CreateReplace";
  const [oldCrds, crds] = at("spec.upgrade.crds");
  const [oldMode, mode] = at("spec.driftDetection.mode");
  const [wasTested, isTested] = at("spec.test.enable");
  return [
    ...(sameChart ? [] : [high("installs another chart in place of the old one")]),
    ...(sameSource ? [] : [medium("takes its chart from elsewhere")]),
    ...(sameChart ? versions(from, to) : []),
    ...(turned("spec.install.crds", "CreateReplace") || turned("spec.upgrade.crds", "CreateReplace")
      ? [high("replaces the definitions of the chart (crds: CreateReplace)")]
      : []),
    // Without a word Flux skips them (helm-controller, api/v2 Upgrade.CRDs).
    ...(definitions(oldCrds) && !definitions(crds)
      ? [medium("no longer updates the definitions of the chart (crds: Skip)")]
      : []),
    ...(turned("spec.upgrade.force", true)
      ? [high("may delete and recreate objects that cannot be changed (upgrade.force)")]
      : []),
    ...(["install", "upgrade"].some((act) => isRemedied(before, act) && !isRemedied(after, act))
      ? [medium("is not taken back when it fails (remediation)")]
      : []),
    ...(turned("spec.upgrade.remediation.strategy", "uninstall")
      ? [high("is uninstalled where an upgrade fails (remediation)")]
      : []),
    ...(turned("spec.upgrade.disableWait", true) || turned("spec.install.disableWait", true)
      ? [medium("no longer waits for health (disableWait)")]
      : []),
    ...(["install", "upgrade", "rollback", "uninstall"].some((act) =>
      turned(`spec.${act}.disableHooks`, true),
    )
      ? [medium("no longer runs the hooks of its chart (disableHooks)")]
      : []),
    ...(oldMode === "enabled" && mode !== "enabled"
      ? [medium("no longer corrects drift (driftDetection)")]
      : []),
    ...(oldMode === "warn" && mode !== "enabled" && mode !== "warn"
      ? [medium("no longer tells of drift (driftDetection)")]
      : []),
    ...(wasTested === true && isTested !== true
      ? [medium("no longer runs the tests of its chart")]
      : []),
  ];
}

// Without a retry only the last failure could be (helm-controller, api/v2 Remediation).
function isRemedied(release: Mapping, act: string): boolean {
  const remediation = valueAt(release, `spec.${act}.remediation`);
  const retries = valueAt(remediation, "retries") ?? 0;
  return retries !== 0 || valueAt(remediation, "remediateLastFailure") === true;
}

function nulls([a, b]: readonly [unknown, unknown]): readonly [unknown, unknown] {
  return [a ?? null, b ?? null];
}

function versions(from: unknown, to: unknown): readonly Finding[] {
  const [old, next] = [numbers(from), numbers(to)];
  if (same(from ?? null, to ?? null)) return [];
  if (next === undefined || old === undefined) {
    const text = `takes chart versions ${textOf(to ?? "*")} instead of ${textOf(from ?? "*")}`;
    const [was, is] = [majorOf(from), majorOf(to)];
    return [{ severity: was === is && is !== undefined ? "medium" : "high", text }];
  }
  const at = [0, 1, 2].find((index) => old[index] !== next[index]);
  const isLower = at !== undefined && (next[at] ?? 0) < (old[at] ?? 0);
  // Of the same numbers a release candidate comes first.
  if (isLower || isOlder(String(to), String(from))) {
    return [high(`chart goes back from ${String(from)} to ${String(to)}`)];
  }
  const isMajor = old[0] !== next[0] || (old[0] === 0 && old[1] !== next[1]);
  const text = `chart goes to another major version, ${String(from)} to ${String(to)}`;
  return isMajor ? [high(text)] : [];
}

// Of a range its first number: `^2.1`, `2.x`, `>=2`.
function majorOf(version: unknown): string | undefined {
  return /^[v^~>=\s]*(\d+)(?![\s\S]*\|\|)/.exec(textOf(version ?? "*"))?.[1];
}

function numbers(version: unknown): readonly number[] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(String(version));
  return match === null ? undefined : match.slice(1, 4).map(Number);
}
