import { isRecord } from "./parse.ts";
import type { KubernetesObject } from "./identity.ts";

/** The parts of an image reference: `name[:tag][@digest]`. */
export type ImageReference = {
  readonly name: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
};

export type ObjectImage = {
  /** Where the reference stands: keys and list positions from the object's root. */
  readonly path: readonly (string | number)[];
  readonly image: string;
};

/** A field that holds an image in objects of one kind, besides containers. */
export type ImageField = {
  readonly kind: string;
  /** API group; any when absent. */
  readonly group?: string;
  /** Dotted, `*` for every list item: `spec.image`, `spec.pools.*.image`. */
  readonly path: string;
};

const containerLists = new Set(["containers", "initContainers", "ephemeralContainers"]);

/** Takes a reference apart; a registry's port is not a tag. */
export function parseImage(reference: string): ImageReference {
  const [rest = "", digest] = reference.split("@", 2);
  const colon = rest.lastIndexOf(":");
  const tagged = colon > rest.lastIndexOf("/");
  return {
    name: tagged ? rest.slice(0, colon) : rest,
    ...(tagged ? { tag: rest.slice(colon + 1) } : {}),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** The inverse of {@link parseImage}. */
export function imageText({ name, tag, digest }: ImageReference): string {
  return `${name}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`;
}

/** Every image of an object: of containers at any depth, and of the fields declared for its kind. */
export function imagesOf(
  object: KubernetesObject,
  fields: readonly ImageField[] = [],
): readonly ObjectImage[] {
  const found: ObjectImage[] = [];
  const add = (path: ObjectImage["path"], image: unknown) => {
    if (typeof image === "string" && image !== "") found.push({ path, image });
  };
  walk(object, [], (list, path) => {
    list.forEach((item, index) => {
      if (isRecord(item)) add([...path, index, "image"], item["image"]);
    });
  });
  const group = object.apiVersion.includes("/") ? object.apiVersion.split("/")[0] : "";
  for (const field of fields) {
    if (field.kind !== object.kind) continue;
    if (field.group !== undefined && field.group !== group) continue;
    for (const { path, value } of valuesAt(object, field.path.split("."))) add(path, value);
  }
  return found;
}

function walk(
  value: unknown,
  path: ObjectImage["path"],
  onContainers: (list: readonly unknown[], path: ObjectImage["path"]) => void,
): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => walk(item, [...path, index], onContainers));
  } else if (isRecord(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (containerLists.has(key) && Array.isArray(child)) onContainers(child, [...path, key]);
      else walk(child, [...path, key], onContainers);
    }
  }
}

function valuesAt(
  value: unknown,
  keys: readonly string[],
): readonly { path: ObjectImage["path"]; value: unknown }[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [{ path: [], value }];
  const children: readonly (readonly [string | number, unknown])[] =
    key === "*" && Array.isArray(value)
      ? value.map((item, index) => [index, item] as const)
      : isRecord(value) && key in value
        ? [[key, value[key]]]
        : [];
  return children.flatMap(([step, child]) =>
    valuesAt(child, rest).map((found) => ({ ...found, path: [step, ...found.path] })),
  );
}
