// "Dependency not ready" and "HelmChart is not ready" say nothing of why: the end of the chain does.
import { objectName } from "../manifests/object-name.ts";
import { findFlux } from "../flux/flux-index.ts";
import type { FluxApplier, FluxObject, FluxReference } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { readiness } from "../flux/readiness.ts";
import { unreadable } from "./cluster-view.ts";
import type { ClusterView } from "./cluster-view.ts";
import { chartOf } from "./git-chart.ts";

type Link = {
  readonly reference: FluxReference;
  readonly found: FluxObject | undefined;
  readonly why: string;
};

/** What the last in the chain of dependencies and sources says; undefined where all are ready. */
export function heldBy(view: ClusterView, applier: FluxApplier): string | undefined {
  // A chain may be a circle: each is looked at once.
  const seen = new Set([fluxKey(applier)]);
  let last: Link | undefined;
  let next: Link | undefined = linkOf(view, applier, seen);
  while (next !== undefined) {
    last = next;
    seen.add(fluxKey(last.reference));
    next = last.found && linkOf(view, last.found, seen);
  }
  return last && `${objectName(last.reference)}: ${last.why}`;
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
  if (state.state === "ready") return undefined;
  const reason = "reason" in state && state.reason !== "Progressing" ? `${state.reason}: ` : "";
  return `${reason}${state.cause}`;
}
