// kustomize-controller's build: a kustomization.yaml where there is none, the spec's own changes,
// then kustomize itself.
import { access, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { parse, parseAllDocuments, stringify } from "yaml";
import { isRecord, type KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { runTool } from "./run-tool.ts";

export type BuildSpec = {
  readonly path?: string;
  readonly targetNamespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly images?: readonly Record<string, string>[];
  readonly patches?: readonly Record<string, unknown>[];
  readonly components?: readonly string[];
  readonly postBuild?: {
    readonly substitute?: Readonly<Record<string, string>>;
    readonly substituteFrom?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly optional?: boolean;
    }[];
  };
  readonly commonMetadata?: {
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
};

export class BuildFailure extends Error {
  readonly reason: "ArtifactFailed" | "BuildFailed";
  constructor(reason: BuildFailure["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** The folder that `path` names in the unpacked artifact. @throws BuildFailure */
export async function buildFolder(root: string, { path = "." }: BuildSpec): Promise<string> {
  const folder = resolve(root, `./${path}`);
  const inside = folder === root || folder.startsWith(root + sep);
  if (inside && (await lookForFile(folder))) return folder;
  const message = `kustomization path not found: stat ${folder}: no such file or directory`;
  throw new BuildFailure("ArtifactFailed", message);
}

/** What the folder builds to. @throws BuildFailure */
export async function buildManifests(
  cluster: Cluster,
  { folder, spec }: { readonly folder: string; readonly spec: BuildSpec },
): Promise<string> {
  await writeKustomization(folder, spec);
  const args = ["kustomize", "--load-restrictor", "LoadRestrictionsNone", folder];
  const { signal } = cluster;
  const built = await runTool(cluster.kubectl, args, { signal });
  if (built.code !== 0) {
    const cause = built.stderr.replace(/^error: /, "").split("\n# Warning")[0] ?? "";
    throw new BuildFailure("BuildFailed", `kustomize build failed: ${cause}`);
  }
  return substitute(built.stdout.toString("utf8"), spec);
}

/** The objects of a build. @throws BuildFailure where one of them is none */
export function readObjects(yaml: string): KubeObject[] {
  const objects = parseAllDocuments(yaml)
    .map((document) => document.toJS({ maxAliasCount: 100 }) as unknown)
    .filter(isRecord)
    .flatMap((object) =>
      String(object["kind"]).endsWith("List") && Array.isArray(object["items"])
        ? object["items"].filter(isRecord)
        : [object],
    ) as KubeObject[];
  const nameless = objects.find(({ apiVersion, kind, metadata }) => {
    return !apiVersion || !kind || !(metadata as unknown) || !metadata.name;
  });
  if (nameless) {
    const text = stringify(nameless);
    const message = `failed to decode Kubernetes apiVersion, kind and name from: ${text}`;
    throw new BuildFailure("BuildFailed", message);
  }
  return objects;
}

async function writeKustomization(directory: string, spec: BuildSpec): Promise<void> {
  const found = await findKustomization(directory);
  const content = found
    ? ((parse(await readFile(found, "utf8")) ?? {}) as Record<string, unknown>)
    : { resources: await scan(directory, directory) };
  const list = (field: string) =>
    Array.isArray(content[field]) ? (content[field] as unknown[]) : [];
  const changed = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    ...content,
    ...(spec.targetNamespace ? { namespace: spec.targetNamespace } : {}),
    ...(spec.namePrefix ? { namePrefix: spec.namePrefix } : {}),
    ...(spec.nameSuffix ? { nameSuffix: spec.nameSuffix } : {}),
    ...(spec.patches ? { patches: [...list("patches"), ...spec.patches] } : {}),
    ...(spec.images ? { images: [...list("images"), ...spec.images] } : {}),
    ...(spec.components ? { components: [...list("components"), ...spec.components] } : {}),
  };
  // kustomize refuses an empty one; Flux keeps it from being empty this way.
  const empty = list("resources").length === 0 ? { buildMetadata: ["originAnnotations"] } : {};
  await writeFile(
    found ?? join(directory, "kustomization.yaml"),
    stringify({ ...changed, ...empty }),
  );
}

// Every manifest below, but of a folder with a kustomization only that.
async function scan(root: string, directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    const shown = relative(root, path);
    if (entry.isDirectory()) {
      found.push(...((await findKustomization(path)) ? [shown] : await scan(root, path)));
    } else if (/\.ya?ml$/.test(entry.name)) {
      await refuseNonManifest(path);
      found.push(shown);
    }
  }
  return found;
}

async function refuseNonManifest(path: string): Promise<void> {
  const documents = parseAllDocuments(await readFile(path, "utf8"));
  const error = documents.flatMap(({ errors }) => errors)[0];
  const wrong = documents.find((document) => {
    const value = error ? undefined : (document.toJS() as unknown);
    return isRecord(value) && !(value["apiVersion"] && value["kind"]);
  });
  if (!error && !wrong) return;
  const cause = error
    ? `MalformedYAMLError: yaml: line ${error.linePos?.[0].line ?? 1}: ${error.message.split(" at line")[0] ?? ""}`
    : "Object 'Kind' is missing";
  throw new BuildFailure("BuildFailed", `failed to decode Kubernetes YAML from ${path}: ${cause}`);
}

// `${name}` and `${name:=default}`, as envsubst writes them; unknown names become empty.
function substitute(yaml: string, { postBuild }: BuildSpec): string {
  if (!postBuild) return yaml;
  const values = postBuild.substitute ?? {};
  return yaml.replace(
    /\$\{(\w+)(?::?[=-]([^}]*))?\}/g,
    (_, name: string, fallback = "") => values[name] ?? (fallback as string),
  );
}

async function findKustomization(directory: string): Promise<string | undefined> {
  for (const name of names)
    if (await lookForFile(join(directory, name))) return join(directory, name);
  return undefined;
}

function lookForFile(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
