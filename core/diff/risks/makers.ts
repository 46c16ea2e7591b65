// Custom resources of which a controller makes other objects: Flux' operator, Argo CD, k3s, and others.
import { ownEntry } from "../../own-entry.ts";
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

/** These leave in place what they made. */
const leaving = /^(HelmChartConfig|RootSync|RepoSync|ResourceSetInputProvider)\./;

/** What goes with one that goes; undefined where it leaves all in place, or is none of them. */
export function madeLoss(type: ObjectType, object: unknown): string | undefined {
  const name = typeName(type);
  if (ownEntry(makers, name) === undefined || leaving.test(name)) return undefined;
  // Argo CD deletes them only where it is told to.
  const finalizers = textsOf(valueAt(object, "metadata.finalizers"));
  const isTold = finalizers.some((one) => one.startsWith("resources-finalizer.argocd.argoproj.io"));
  return name === "Application.argoproj.io" && !isTold
    ? undefined
    : "its controller deletes everything that it made";
}
