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
  /** Names of the fields beside it that hold the rest of the reference. */
  readonly parts?: ImageParts;
};

export type ImageParts = {
  readonly registry?: string;
  readonly tag?: string;
  readonly digest?: string;
};

/** A field that holds an image in objects of one kind, besides containers. */
export type ImageField = {
  readonly kind: string;
  /** API group; any when absent. */
  readonly group?: string;
  /** Dotted, `*` for every list item: `spec.image`, `spec.pools.*.image`. */
  readonly path: string;
} & ImageParts;

// A volume's image is at `image.reference` (Kubernetes 1.31 and later).
const imageLists = new Set(["containers", "initContainers", "ephemeralContainers", "volumes"]);

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
      if (!isRecord(item)) return;
      const { image } = item;
      if (path.at(-1) !== "volumes") add([...path, index, "image"], image);
      else if (isRecord(image)) add([...path, index, "image", "reference"], image["reference"]);
    });
  });
  const group = object.apiVersion.includes("/") ? object.apiVersion.split("/")[0] : "";
  for (const field of fields) {
    if (field.kind !== object.kind) continue;
    if (field.group !== undefined && field.group !== group) continue;
    for (const { path, value, parent } of valuesAt(object, field.path.split("."))) {
      const image = joined(value, { field, parent });
      if (!isSplit(field)) add(path, image);
      else if (image !== undefined) found.push({ path, image, parts: partsOf(field) });
    }
  }
  return found;
}

/** What to write where so that an object's image becomes another version of itself. */
export function imageEdits(
  { path, image, parts }: ObjectImage,
  version: ImageReference,
): readonly { readonly path: ObjectImage["path"]; readonly value: string }[] {
  if (parts === undefined) return [{ path, value: imageText(version) }];
  const beside = (key: string) => [...path.slice(0, -1), key];
  const { tag = "", digest = "" } = version;
  // A tag may carry a digest: whatever joins the parts gets `name:tag@digest`.
  const written = parts.digest !== undefined || digest === "" ? tag : `${tag}@${digest}`;
  const named = parts.registry === undefined ? version.name : version.name.replace(/^[^/]*\//, "");
  const hadDigest = parseImage(image).digest !== undefined;
  return [
    parts.tag === undefined
      ? { path, value: `${named}:${written}` }
      : { path: beside(parts.tag), value: written },
    ...(parts.digest !== undefined && (digest !== "" || hadDigest)
      ? [{ path: beside(parts.digest), value: digest }]
      : []),
  ];
}

type At = { readonly field: ImageField; readonly parent: unknown };

function joined(value: unknown, { field, parent }: At): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  const part = (key: string | undefined) => {
    const found = key !== undefined && isRecord(parent) ? parent[key] : undefined;
    return typeof found === "string" || typeof found === "number" ? String(found) : "";
  };
  const registry = part(field.registry);
  const name = registry === "" ? value : `${registry.replace(/\/+$/, "")}/${value}`;
  return field.tag === undefined && field.digest === undefined
    ? name
    : imageText({
        ...parseImage(name),
        ...given("tag", part(field.tag)),
        ...given("digest", part(field.digest)),
      });
}

function given(key: "tag" | "digest", text: string): Partial<ImageReference> {
  return text === "" ? {} : { [key]: text };
}

function isSplit({ registry, tag, digest }: ImageField): boolean {
  return registry !== undefined || tag !== undefined || digest !== undefined;
}

function partsOf({ registry, tag, digest }: ImageField): ImageParts {
  return {
    ...(registry === undefined ? {} : { registry }),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
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
      if (imageLists.has(key) && Array.isArray(child)) onContainers(child, [...path, key]);
      else walk(child, [...path, key], onContainers);
    }
  }
}

function valuesAt(
  value: unknown,
  keys: readonly string[],
  parent?: unknown,
): readonly { path: ObjectImage["path"]; value: unknown; parent: unknown }[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [{ path: [], value, parent }];
  const children: readonly (readonly [string | number, unknown])[] =
    key === "*" && Array.isArray(value)
      ? value.map((item, index) => [index, item] as const)
      : isRecord(value) && key in value
        ? [[key, value[key]]]
        : [];
  return children.flatMap(([step, child]) =>
    valuesAt(child, rest, value).map((found) => ({ ...found, path: [step, ...found.path] })),
  );
}
