// A source that X changed: until it is fetched anew, and taken, what builds from it is Ready with what
// was there before. (Where the source is the manifests repository itself, revisions tell.)
import { objectName } from "../manifests/object-name.ts";
import { findFlux, holdersFor } from "../flux/flux-index.ts";
import type {
  FluxApplier,
  FluxObject,
  FluxReference,
  HelmChart,
  HelmRelease,
} from "../flux/flux-object.ts";
import { readiness } from "../flux/readiness.ts";
import { shortRevision } from "../flux/revision.ts";
import { hasOtherBuild } from "./brought-along.ts";
import { isChanged } from "./changed-identities.ts";
import { isBoundSource, unreadable } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { Concerned } from "./concerned.ts";
import { chartOf, chartTried, originsOf } from "./git-chart.ts";
import type { GateMemory } from "./memory.ts";
import { memoryKey } from "./memory.ts";
import type { Step } from "./step.ts";
import { holds, untold, waits } from "./step.ts";
import { hasBrought } from "./has-brought.ts";

/** Has what X changed of its source been fetched, and taken? */
export function sourceSettled(view: ClusterView, object: FluxApplier, memory: GateMemory): Step {
  const steps = originsOf(view, object)
    .filter((reference) => isChanged(view, reference))
    .map((reference) => fetched(view, object, { reference, memory }));
  const remarks = steps.flatMap(({ text }) => (text === "" ? [] : [text]));
  return steps.find(({ ok }) => !ok) ?? holds(remarks.join("; "));
}

type Asked = { readonly reference: FluxReference; readonly memory: GateMemory };

function fetched(view: ClusterView, object: FluxApplier, { reference, memory }: Asked): Step {
  const source = findFlux(view.cluster.flux, reference);
  const name = objectName(reference);
  if (source === undefined) {
    const why = unreadable(view, reference) ?? "it has not been seen";
    const text = `whether it took ${name}, which changed, cannot be told: ${why}`;
    return untold(view.input.environment, text);
  }
  const late = holdersFor(view.cluster.flux, reference).find((one) => !hasBrought(view, one));
  if (late !== undefined) {
    const what = `${objectName(late)} has not applied ${shortRevision(view.commit)} yet`;
    return waits("applied", `its source ${name} changed, and ${what}`);
  }
  const held = notFetched(source, `its source ${name}, which changed`);
  if (held !== undefined) return held;
  const looked =
    source.kind === "HelmRepository" && source.oci
      ? lookedAnew(view, object, { reference, memory })
      : holds("");
  if (!looked.ok) return looked;
  if (object.kind === "HelmRelease") {
    const took = releaseTook(view, object, source);
    return took.ok ? looked : took;
  }
  // Its revision tells the rest.
  if (isBoundSource(view, object.source)) return holds("");
  const revision = artifactOf(source);
  if (revision === undefined || object.lastAppliedRevision === revision) return holds("");
  return waits("applied", `has not applied ${shortRevision(revision)} of ${name} yet`);
}

// Of a registry nothing is fetched, and source-controller looks for a chart in it at the HelmChart's
// interval only (helmchart_controller.go, requestsForHelmRepositoryChange), without a trace.
function lookedAnew(view: ClusterView, object: FluxApplier, { reference, memory }: Asked): Step {
  const chart = object.kind === "HelmRelease" ? chartOf(view, object) : undefined;
  if (chart === undefined || !hasOtherBuild(view, reference)) return holds("");
  const before = memory.looked[memoryKey(view.cluster, chart)];
  if (before !== undefined && before !== lookOfChart(chart)) return holds("");
  const { namespace, name } = chart;
  const settles = `another version would, or flux reconcile source chart ${name} -n ${namespace}`;
  const text = `nothing proves that ${objectName(chart)} was looked for in ${objectName(reference)} as it is now: ${settles}`;
  const decides = "Decided by such a look, or where healthUnknownSucceeds is set";
  return untold(view.input.environment, text, decides);
}

/** Notes how charts of registries that X changed stand until what brings these has applied X. */
export function rememberCharts(
  view: ClusterView,
  concerned: readonly Concerned[],
  memory: GateMemory,
): GateMemory {
  let { looked } = memory;
  for (const { object, parents } of concerned) {
    const chart = object.kind === "HelmRelease" ? chartOf(view, object) : undefined;
    const source = chart && findFlux(view.cluster.flux, chart.source);
    if (chart === undefined || source?.kind !== "HelmRepository" || !source.oci) continue;
    const known = { [memoryKey(view.cluster, chart)]: lookOfChart(chart) };
    const isThere = parents.every((parent) => hasBrought(view, parent));
    looked = isThere ? { ...known, ...looked } : { ...looked, ...known };
  }
  return { ...memory, looked };
}

function lookOfChart({ generation, artifactRevision, lastHandledReconcileAt }: HelmChart): string {
  return [generation, artifactRevision ?? "", lastHandledReconcileAt ?? ""].join(" ");
}

/** Why a source does not give what it has looked at last; undefined where it does. */
export function notFetched(source: FluxObject, name: string): Step | undefined {
  const state = readiness(source);
  if (state.state === "ready") return undefined;
  if (state.state === "suspended")
    return waits("suspended", `its source ${objectName(source)} is ${state.cause}`);
  return waits("applied", `${name}: ${state.cause}`);
}

function releaseTook(view: ClusterView, release: HelmRelease, source: FluxObject): Step {
  if (source.kind === "OCIRepository" || source.kind === "ExternalArtifact") {
    return digestTaken(release, source);
  }
  const chart = source.kind === "HelmChart" ? source : chartOf(view, release);
  if (chart === undefined) return waits("applied", "its HelmChart has not been seen yet");
  const held = notFetched(chart, `its source ${objectName(chart)}, which changed`);
  if (held !== undefined) return held;
  const revision = source.kind === "HelmChart" ? undefined : artifactOf(source);
  if (revision !== undefined && chart.observedSourceArtifactRevision !== revision) {
    const from = objectName(source);
    return waits("applied", `${objectName(chart)} has not looked at ${from} as it is now yet`);
  }
  return chartTried(release, chart);
}

// `1.2.3@sha256:…` of the source, or `sha256:…` where its reference is one. The release names the digest
// (with its tag, where that is no version), or its first letters as `1.2.3+…`.
function digestTaken(release: HelmRelease, source: FluxObject): Step {
  const revision = artifactOf(source) ?? "";
  const [, digest, hash = ""] = /(?:^|@)(\w+:(\w+))$/.exec(revision) ?? [];
  if (digest === undefined) return holds("");
  const { lastAttemptedRevisionDigest: tried, lastAttemptedRevision = "" } = release;
  const [, short = ""] = lastAttemptedRevision.split("+");
  const took =
    tried === undefined
      ? short !== "" && hash.startsWith(short)
      : tried === digest || tried === revision;
  if (took) return holds("");
  return waits("applied", `has not tried ${revision} of ${objectName(source)} yet`);
}

function artifactOf(source: FluxObject): string | undefined {
  return "artifactRevision" in source ? source.artifactRevision : undefined;
}
