import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { onceFor } from "../once-for.ts";

/** An object in a file of the repository. */
export type PlacedObject = { readonly object: KubernetesObject; readonly file: string };

/** What a build takes from other objects of the cluster. */
export type BuildInputs = {
  /** `spec.ignore` of the source. */
  readonly ignore?: string;
  /** Data of ConfigMaps of `postBuild.substituteFrom`, by `<kind>/<name>`. */
  readonly variables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/**
 * What a Flux Kustomization's build takes from objects that stand in the repository: which files its
 * source leaves out, and the values of its variables. Only objects of the cluster that it lives in
 * count: below its own folder, or applied by a Kustomization beside it. Secrets are never read; what
 * is not found, or found twice with other words, is not known.
 */
export function buildInputs(
  { object, file }: PlacedObject,
  all: readonly PlacedObject[],
): BuildInputs {
  const { spec, metadata } = object;
  if (!isRecord(spec)) return {};
  const near = nearby(file, all);
  const find = (kind: string, namespace: unknown, name: unknown) =>
    only(named(near, { kind, namespace, name }));
  const source = recordAt(spec, "sourceRef");
  const from = find(
    String(source["kind"]),
    source["namespace"] ?? metadata.namespace,
    source["name"],
  );
  const ignore = recordAt(from, "spec")["ignore"];
  const variables = listAt(recordAt(spec, "postBuild"), "substituteFrom").flatMap(
    ({ kind, name }): readonly (readonly [string, Readonly<Record<string, string>>])[] => {
      if (kind !== "ConfigMap") return [];
      const data = find("ConfigMap", metadata.namespace, name)?.["data"];
      return isTexts(data) ? [[`ConfigMap/${String(name)}`, data]] : [];
    },
  );
  return {
    ...(typeof ignore === "string" && { ignore }),
    ...(variables.length > 0 && { variables: Object.fromEntries(variables) }),
  };
}

/**
 * What else in the files gives a build its variables, by `<kind>/<name>`, in whatever form it stands
 * there: not its values, but where these differ the build does too.
 */
export function untakenInputs(
  { object, file }: PlacedObject,
  all: readonly PlacedObject[],
): Readonly<Record<string, unknown>> {
  const { spec, metadata } = object;
  const taken = buildInputs({ object, file }, all).variables ?? {};
  const near = nearby(file, all);
  const found = listAt(recordAt(spec, "postBuild"), "substituteFrom").flatMap(({ kind, name }) => {
    const key = `${String(kind)}/${String(name)}`;
    const givers = named(near, { kind, namespace: metadata.namespace, name });
    if (key in taken || givers.length === 0) return [];
    return [[key, givers.map((one) => [one["data"], one["stringData"]])] as const];
  });
  return Object.fromEntries(found);
}

function named(
  near: readonly KubernetesObject[],
  of: { readonly kind: unknown; readonly namespace: unknown; readonly name: unknown },
): readonly KubernetesObject[] {
  return near.filter(
    (each) =>
      each.kind === of.kind &&
      each.metadata.name === of.name &&
      each.metadata.namespace === of.namespace &&
      isOwnKind(each),
  );
}

// The objects of a large repository are asked about for each of its hundreds of Kustomizations.
const nearFolders = onceFor(
  (_all: readonly PlacedObject[]) => new Map<string, readonly KubernetesObject[]>(),
);

function nearby(file: string, all: readonly PlacedObject[]): readonly KubernetesObject[] {
  const folder = folderOf(file);
  const known = nearFolders(all);
  const found = known.get(folder) ?? objectsNear(folder, all);
  known.set(folder, found);
  return found;
}

function objectsNear(folder: string, all: readonly PlacedObject[]): readonly KubernetesObject[] {
  const beside = all.flatMap((one) => {
    if (one.object.kind !== "Kustomization" || folderOf(one.file) !== folder) return [];
    const { path } = recordAt(one.object, "spec");
    return typeof path === "string" ? [path.replace(/^(\.?\/)+|\/+$/g, "")] : [];
  });
  const places = [folder, ...beside.filter((path) => path !== "" && path !== ".")];
  return all
    .filter(({ file }) => places.some((each) => isIn(file, each)))
    .map(({ object }) => object);
}

// Of a file in the root all of the repository would be near, other clusters as well.
function isIn(file: string, folder: string): boolean {
  return folder === "" ? !file.includes("/") : file.startsWith(`${folder}/`);
}

function folderOf(file: string): string {
  return file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "";
}

function isOwnKind({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === "ConfigMap" || kind === "Secret"
    ? apiVersion === "v1"
    : /^source\.toolkit\.fluxcd\.io\//.test(apiVersion);
}

function only(found: readonly KubernetesObject[]): KubernetesObject | undefined {
  const [first, ...others] = found;
  const text = (one: KubernetesObject | undefined) =>
    JSON.stringify([one?.["spec"], one?.["data"]]);
  return others.every((each) => text(each) === text(first)) ? first : undefined;
}

// A value with a variable in it is another one once Flux has substituted.
function isTexts(data: unknown): data is Readonly<Record<string, string>> {
  return (
    isRecord(data) &&
    Object.values(data).every((each) => typeof each === "string" && !each.includes("${"))
  );
}

function recordAt(value: unknown, key: string): Record<string, unknown> {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? found : {};
}

function listAt(value: unknown, key: string): readonly Record<string, unknown>[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found.filter(isRecord) : [];
}
