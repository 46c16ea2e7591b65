// "Dependency not ready" and "HelmChart is not ready" say nothing of why: the end of the chain does.
import { objectName } from "../manifests/object-name.ts";
import { findFlux } from "../flux/flux-index.ts";
import type { FluxApplier, FluxObject, FluxReference } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { notReadyText } from "../flux/not-ready-text.ts";
import { isCurrent, readiness, type Readiness } from "../flux/readiness.ts";
import { unreadable } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import { chartOf } from "./git-chart.ts";

type Link = {
  readonly reference: FluxReference;
  readonly found: FluxObject | undefined;
  readonly why: string;
};

/** Why something is not ready, with what it waits for in the end. */
export function whyNotReady(
  view: ClusterView,
  applier: FluxApplier,
  state: Exclude<Readiness, { readonly state: "ready" }>,
): string {
  const held = state.state === "waiting" ? heldBy(view, applier) : [];
  const unsaid = isUnheard(applier) ? [`where it stays so, ${cutShortText(applier)}`] : [];
  return [notReadyText(state), ...held, ...unsaid].join("; ");
}

/** helm-controller says in no condition that it may not apply a release's HelmChart. */
export function cutShortText({ namespace, name }: FluxReference): string {
  return `helm-controller may not be able to apply its HelmChart, which events alone tell (kubectl events -n ${namespace} --for helmrelease/${name}, HelmChartSyncErr)`;
}

// Nothing of its newest generation.
function isUnheard(applier: FluxApplier): boolean {
  if (applier.kind !== "HelmRelease" || applier.chart === undefined || !applier.resets)
    return false;
  return !applier.conditions.some((one) => isCurrent(applier, one));
}

// What the last in the chain of dependencies and sources says; nothing where all are ready.
function heldBy(view: ClusterView, applier: FluxApplier): readonly string[] {
  // A chain may be a circle: each is looked at once.
  const seen = new Set([fluxKey(applier)]);
  let at: FluxObject = applier;
  let said: readonly string[] = [];
  for (;;) {
    const next = linkOf(view, at, seen);
    if (next === undefined) return [...said, ...circleOf(at, seen)];
    said = [`${objectName(next.reference)}: ${next.why}`];
    if (next.found === undefined) return said;
    seen.add(fluxKey(next.reference));
    at = next.found;
  }
}

// Each waits until the other is ready: Flux looks again and again, and only an edit ends it.
function circleOf(last: FluxObject, seen: ReadonlySet<string>): readonly string[] {
  const state = readiness(last);
  if (state.state !== "waiting" || state.reason !== "DependencyNotReady") return [];
  const back = dependenciesOf(last).find((one) => seen.has(fluxKey(one)));
  if (back === undefined) return [];
  const other = fluxKey(back) === fluxKey(last) ? "itself" : objectName(back);
  return [
    `${objectName(last)} waits for ${other} in a circle (dependsOn), which never ends by itself`,
  ];
}

function linkOf(
  view: ClusterView,
  object: FluxObject,
  seen: ReadonlySet<string>,
): Link | undefined {
  const { flux } = view.cluster;
  const links = [
    ...dependenciesOf(object).map((reference) => ({ reference, isNeeded: true })),
    // A source that is not there may be of a kind that is not watched.
    ...sourcesOf(view, object).map((reference) => ({ reference, isNeeded: false })),
  ];
  for (const { reference, isNeeded } of links) {
    if (seen.has(fluxKey(reference))) continue;
    const found = findFlux(flux, reference);
    const missing = unreadable(view, reference) ?? (isNeeded ? "it has not been seen" : undefined);
    const why = found === undefined ? missing : causeOf(found);
    if (why !== undefined) return { reference, found, why };
  }
  return undefined;
}

function dependenciesOf(object: FluxObject): readonly FluxReference[] {
  return object.kind === "Kustomization" || object.kind === "HelmRelease" ? object.dependsOn : [];
}

function sourcesOf(view: ClusterView, object: FluxObject): readonly FluxReference[] {
  switch (object.kind) {
    case "Kustomization":
    case "HelmChart":
      return [object.source];
    case "HelmRelease":
      return [chartOf(view, object) ?? object.chartRef ?? []].flat();
    case "ExternalArtifact":
    case "GitRepository":
    case "HelmRepository":
    case "ImageRepository":
    case "ImagePolicy":
    case "ImageUpdateAutomation":
    case "OCIRepository":
      return [];
  }
}

function causeOf(object: FluxObject): string | undefined {
  const state = readiness(object);
  return state.state === "ready" ? undefined : notReadyText(state);
}
