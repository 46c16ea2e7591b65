// Custom resources of which a controller makes other objects: Flux' operator, Argo CD, k3s, and others.
import { ownEntry } from "../../own-entry.ts";
import { annotationsOf } from "../labels.ts";
import type { ObjectChange } from "../object-change.ts";
import { type ObjectType, typeName } from "../object-type.ts";
import { type Finding, high, medium } from "../risk.ts";
import { textsOf, valueAt } from "../values.ts";

/** What they make, and the fields of `spec` that decide it; all where none is named. */
const makers: Readonly<Record<string, readonly [what: string, ...fields: string[]]>> = {
  "ResourceSet.fluxcd.controlplane.io": ["the objects that it makes of its inputs"],
  "ResourceSetInputProvider.fluxcd.controlplane.io": ["the inputs that ResourceSets get"],
  "FluxInstance.fluxcd.controlplane.io": ["Flux itself"],
  "ArtifactGenerator.source.extensions.fluxcd.io": ["the files that Flux applies"],
  "Terraform.infra.contrib.fluxcd.io": ["what Terraform makes"],
  "Application.argoproj.io": ["what Argo CD applies", "source", "sources", "destination"],
  "ApplicationSet.argoproj.io": ["the applications of Argo CD"],
  "HelmChart.helm.cattle.io": ["what its chart makes"],
  "HelmChartConfig.helm.cattle.io": ["what its chart makes"],
  "App.kappctrl.k14s.io": ["what kapp applies"],
  "PackageInstall.packaging.carvel.dev": ["what its package makes"],
  "GitRepo.fleet.cattle.io": ["what Fleet applies"],
  "Bundle.fleet.cattle.io": ["what Fleet applies"],
  "RootSync.configsync.gke.io": ["what Config Sync applies"],
  "RepoSync.configsync.gke.io": ["what Config Sync applies"],
};

/** What only their controller can tell. */
export function unknownMakings(one: ObjectChange): readonly Finding[] {
  const [what, ...fields] = ownEntry(makers, typeName(one.identity)) ?? [];
  if (what === undefined || one.change === "removed") return [];
  if (one.change === "added") return [medium(`decides ${what}: it is not known here`)];
  const isDeciding = one.edits.some(({ path: [top, field], noise }) => {
    if (noise !== undefined || top !== "spec") return false;
    return (
      fields.length === 0 ||
      field === undefined ||
      (typeof field === "string" && fields.includes(field))
    );
  });
  return isDeciding ? [high(`changes ${what}: it is not known here`)] : [];
}

/** Whether a controller makes other objects of it. */
export function isMaker(type: ObjectType): boolean {
  return ownEntry(makers, typeName(type)) !== undefined;
}

/** What goes with a maker that goes; undefined where its controller leaves all in place. */
export function madeLoss(type: ObjectType, object: unknown): string | undefined {
  return leaves(typeName(type), object)
    ? undefined
    : "its controller deletes everything that it made";
}

const propagation = "configsync.gke.io/deletion-propagation-policy";

/** By each controller's own documentation; where nothing is told here, all goes. */
function leaves(name: string, object: unknown): boolean {
  const finalizers = textsOf(valueAt(object, "metadata.finalizers"));
  switch (name) {
    case "HelmChartConfig.helm.cattle.io":
    case "ResourceSetInputProvider.fluxcd.controlplane.io":
      return true;
    case "RootSync.configsync.gke.io":
    case "RepoSync.configsync.gke.io":
      return annotationsOf(object)[propagation] !== "Foreground";
    case "Application.argoproj.io":
      return !finalizers.some((one) => one.startsWith("resources-finalizer.argocd.argoproj.io"));
    case "Terraform.infra.contrib.fluxcd.io":
      return valueAt(object, "spec.destroyResourcesOnDeletion") !== true;
    case "App.kappctrl.k14s.io":
    case "PackageInstall.packaging.carvel.dev":
      return valueAt(object, "spec.noopDelete") === true;
    case "GitRepo.fleet.cattle.io":
    case "Bundle.fleet.cattle.io":
      return valueAt(object, "spec.keepResources") === true;
    default:
      return false;
  }
}
