// Which workloads of a cluster belong to which application: by the ownership indexes in git; the
// rest by what applied it, so that third-party parts of an environment are seen too.
import type { EnvironmentSnapshot, SnapshotWorkload } from "../../core/environment-snapshot.ts";
import type { OwnedFile } from "../../core/render/ownership-index.ts";

/** A part of an environment: an app of a delivery, or what something of Flux applies beside them. */
export type Part = { readonly delivery: string; readonly app: string };

/** `shop/api`, `shop` before its apps are known, or what no delivery owns: `Kustomization a/b`. */
export function partName({ delivery, app }: Part): string {
  return [delivery, app].filter(Boolean).join("/");
}

/** A workload and the cluster that has it. */
export type PlacedWorkload = SnapshotWorkload & { readonly cluster: string };

export function placedWorkloads(
  snapshots: readonly EnvironmentSnapshot[],
): readonly PlacedWorkload[] {
  return snapshots.flatMap(({ cluster, workloads }) =>
    workloads.map((workload) => ({ ...workload, cluster })),
  );
}

export function isOwned(
  { kind, namespace, name }: Pick<SnapshotWorkload, "kind" | "namespace" | "name">,
  files: readonly OwnedFile[],
): boolean {
  return files.some(
    ({ identity }) =>
      identity?.kind === kind &&
      identity.name === name &&
      (identity.namespace === "" || identity.namespace === namespace),
  );
}

/** What none of the files brought, by what applied it. */
export function othersOf(
  workloads: readonly PlacedWorkload[],
  files: readonly OwnedFile[],
): ReadonlyMap<string, readonly PlacedWorkload[]> {
  const others = new Map<string, PlacedWorkload[]>();
  for (const workload of workloads) {
    if (isOwned(workload, files)) continue;
    const key = (workload.appliedBy ?? "applied by nothing that is known").replace("/", " ");
    const list = others.get(key);
    if (list === undefined) others.set(key, [workload]);
    else list.push(workload);
  }
  return others;
}

/** `registry/shop/api:1.5.0@sha256:…` → name and version as people read them. */
export function shownImage(image: string): { readonly name: string; readonly version: string } {
  const [, path = image, tag = "", digest = ""] =
    /^(.*?)(?::([^/:@]+))?(?:@(sha256:[0-9a-f]+))?$/.exec(image) ?? [];
  const short = digest === "" ? "" : `@${digest.slice("sha256:".length).slice(0, 8)}`;
  return {
    name: path.split("/").at(-1) ?? path,
    version: `${tag}${short}` || "no tag",
  };
}

/** Each image once; of an image in several versions all of them. */
export function imagesOfWorkloads(workloads: readonly SnapshotWorkload[]) {
  const images = [...new Set(workloads.flatMap(({ images: own }) => own))];
  return images.map(shownImage).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
