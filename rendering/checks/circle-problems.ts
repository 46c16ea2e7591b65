import { posix } from "node:path";
import type { Problem } from "../../core/errors.ts";
import { wayBack } from "../../core/flux/way-back.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { objectName } from "../../core/manifests/object-name.ts";

type Placed = {
  readonly object: KubernetesObject;
  readonly file: string;
  /** What is applied with it for certain; absent: the folder of its file is taken. */
  readonly together?: string | undefined;
};

/** Flux objects that wait for themselves (`dependsOn`), each circle said once. */
export function circleProblems(all: readonly Placed[]): readonly Problem[] {
  const said = new Set<string>();
  const waiting = all.filter(({ object }) => isOfFlux(object));
  const groups = new Map<string, KubernetesObject[]>();
  for (const one of waiting) {
    const beside = groups.get(groupOf(one)) ?? [];
    beside.push(one.object);
    groups.set(groupOf(one), beside);
  }
  return waiting.flatMap((one) => {
    const { object, file } = one;
    const way = wayBack(object, groups.get(groupOf(one)) ?? []);
    if (way === undefined) return [];
    const { namespace, name } = object.metadata;
    const circle = [object.kind, ...[`${namespace ?? ""}/${name}`, ...way].sort()].join(" ");
    if (said.has(circle)) return [];
    said.add(circle);
    const through = way.length === 0 ? "" : `, by way of ${way.join(", ")}`;
    const message = `${objectName(object)}: it waits for itself (dependsOn)${through}: Flux applies none of it`;
    return [{ file, message }];
  });
}

function isOfFlux({ apiVersion }: KubernetesObject): boolean {
  return /^(kustomize|helm)\.toolkit\.fluxcd\.io\//.test(apiVersion);
}

function groupOf({ file, together }: Placed): string {
  return together ?? `folder ${posix.dirname(file)}`;
}
