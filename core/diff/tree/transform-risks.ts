import type { Identity } from "../../manifests/identity.ts";
import type { Risk } from "../risk.ts";
import { unknownEffect } from "../uncompared.ts";
import { canonical } from "../values.ts";
import { type Reach, sourceIgnore, type Transform } from "./reach.ts";
import type { Root } from "./roots.ts";
import { isSameFile, type Side } from "./side-file.ts";

/** What kustomizations do beyond listing, where something that goes into them changes. */
export function transformRisks(
  root: Pick<Root, "before" | "after">,
  sides: { readonly before: Side; readonly after: Side },
  /** Why Flux' own build could not be had. */
  why?: string,
): readonly Risk[] {
  const [old, next] = [root.before, root.after].map(
    (reach) => new Map((reach?.transforms ?? []).map((one) => [keyOf(one), one])),
  );
  const keys = new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])]);
  const [places, nextPlaces] = [placesOf(root.before), placesOf(root.after)];
  const moved = (path: string) => (places.get(path) ?? "") !== (nextPlaces.get(path) ?? "");
  return [...keys].flatMap((key): readonly Risk[] => {
    const [was, is] = [old?.get(key), next?.get(key)];
    const transform = is ?? was;
    if (transform === undefined || isSame(was, is, { ...sides, moved })) return [];
    const gone = (was?.does ?? []).filter((one) => !transform.does.includes(one));
    const before = gone.length === 0 ? "" : `; before also ${gone.join(", ")}`;
    const text = `does more than list resources (${transform.does.join(", ")}${before}): its effect is not known here${why === undefined ? "" : ` (${why})`}`;
    const { path } = transform;
    return [{ rule: unknownEffect, severity: "high", identity: kustomizationAt(path), text }];
  });
}

/** Each but once: several folders that are applied may be built of one kustomization. */
export function withoutRepeated<T extends Pick<Risk, "identity" | "text">>(
  risks: readonly T[],
): readonly T[] {
  const seen = new Set<string>();
  return risks.filter(({ identity, text }) => {
    const key = `${identity.name} ${text}`;
    const isRepeated = identity.group === group && seen.has(key);
    seen.add(key);
    return !isRepeated;
  });
}

const group = "kustomize.config.k8s.io";

/** How a kustomization is named among objects: by its path. */
export function kustomizationAt(path: string): Identity {
  return { group, version: "v1beta1", kind: "Kustomization", namespace: "", name: path };
}

function keyOf({ path, does }: Transform): string {
  // A Flux Kustomization has up to three in its one file.
  const own = does.find((one) => one === "postBuild" || one === sourceIgnore);
  return own === undefined ? path : `${path} ${own}`;
}

function isSame(
  was: Transform | undefined,
  is: Transform | undefined,
  { before, after, moved }: Changed,
): boolean {
  if (was === undefined || is === undefined) return false;
  if (canonical(was.value) !== canonical(is.value)) return false;
  return [...new Set([...was.over, ...is.over])].every(
    (path) => !moved(path) && (isKustomizationOf(was, path) || isSameFile(before, after, path)),
  );
}

type Changed = {
  readonly before: Side;
  readonly after: Side;
  /** Whether a file's objects go elsewhere, or it is applied on one side only. */
  readonly moved: (path: string) => boolean;
};

/** The namespaces that the files of a build are put in, as one text each. */
function placesOf(reach: Reach | undefined): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { path, namespace = "" } of reach?.files ?? []) {
    places.set(path, `${places.get(path) ?? ""}\0${namespace}`);
  }
  return places;
}

// Its own text was compared by what it means.
function isKustomizationOf({ path }: Transform, other: string): boolean {
  return path === other;
}
