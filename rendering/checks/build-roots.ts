import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../../core/errors.ts";
import type { BuildInputs } from "../../core/flux/build-inputs.ts";
import { isUndecrypted } from "../../core/flux/undecrypted.ts";
import { objectName } from "../../core/manifests/object-name.ts";
import { identityKey, identityOf } from "../../core/manifests/identity.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { emptiedText } from "../../core/render/flux-substitution.ts";
import type { BuildResult, EmptiedVariable } from "../../kube/build.ts";
import type { Kube } from "../../kube/kube.ts";
import { containedPath, filesUnder } from "../inputs/contained-files.ts";
import type { Root } from "../inputs/contained-files.ts";
import { filesReached } from "./files-reached.ts";
import { type FolderRoot, substitutes } from "./folder-roots.ts";

export type BuiltRoots = {
  readonly objects: readonly {
    readonly object: KubernetesObject;
    readonly file: string;
    /** The place of its root among those asked for: what one root brings is applied together. */
    readonly root: number;
    /** Variables that only the cluster knows; absent where Flux substitutes none in this root. */
    readonly open?: readonly string[];
  }[];
  /** Files that some build read. */
  readonly read: ReadonlySet<string>;
  /** Variables that only the cluster knows; they stand as `${NAME}`. */
  readonly unknownVariables: readonly string[];
  readonly problems: readonly Problem[];
  /** Roots that could not be built here, by their place, and why: Flux may build them. */
  readonly notBuilt: ReadonlyMap<number, string>;
  /** Files that are too large to be built with. */
  readonly tooLarge: readonly string[];
};

/** Larger files are no manifests, and no ConfigMap holds one. */
const maxFileBytes = 16 * 1024 * 1024;
const maxTotalBytes = 256 * 1024 * 1024;

type BuildableRoot = FolderRoot & BuildInputs;

/**
 * What Flux would apply for roots, by its own code; or why that cannot be had. A root that was asked
 * for before, the same object, is not built again.
 */
export function rootBuilder(
  kube: Kube,
  root: Root,
): (roots: readonly BuildableRoot[]) => Promise<BuiltRoots | { readonly unavailable: string }> {
  const { files, tooLarge } = filesOf(root);
  const reached = filesReached(files);
  const known = new Map<BuildableRoot, BuildResult>();
  const build = async (one: BuildableRoot): Promise<BuildResult> => {
    const { path, kustomization, ...inputs } = one;
    const of = kustomization ? { kustomization, ...inputs } : { path };
    const near = reached(one);
    const first = await kube.build({ files: near, ...of });
    // What it lacks may lie further away.
    const isWhole = Object.keys(near).length === Object.keys(files).length;
    return first.kind === "failed" && !isWhole ? kube.build({ files, ...of }) : first;
  };
  const buildOnce = async (one: BuildableRoot) => {
    const result = known.get(one) ?? (await build(one));
    known.set(one, result);
    return result;
  };
  return (roots) => buildRoots(roots, { build: buildOnce, tooLarge });
}

async function buildRoots(
  roots: readonly BuildableRoot[],
  of: {
    readonly build: (root: BuildableRoot) => Promise<BuildResult>;
    readonly tooLarge: readonly string[];
  },
): Promise<BuiltRoots | { readonly unavailable: string }> {
  const { build, tooLarge } = of;
  const notBuilt = new Map<number, string>();
  const objects: BuiltRoots["objects"][number][] = [];
  const read = new Set<string>();
  const unknown = new Set<string>();
  const problems: Problem[] = [];
  for (const [index, root] of roots.entries()) {
    const { path, kustomization } = root;
    const built = await build(root);
    if (built.kind === "built") {
      for (const file of built.read) read.add(file);
      for (const name of built.unknownVariables) unknown.add(name);
      const isOpen = kustomization !== undefined && substitutes(kustomization);
      const placed = built.objects.map(({ object, file = path }) => ({
        ...{ object, file, root: index },
        ...(isOpen && { open: built.unknownVariables }),
      }));
      objects.push(...placed);
      problems.push(...undecryptedProblems(placed, kustomization));
      problems.push(...emptiedProblems(placed, built.emptied ?? []));
    } else if (built.kind === "absent") {
      return { unavailable: built.text };
    } else if (built.kind === "failed") {
      const lost = tooLarge.find((file) => built.message.includes(file));
      for (const file of built.read) read.add(file);
      if (lost !== undefined) notBuilt.set(index, `${lost} is too large to be read here`);
      else problems.push({ file: path, message: `Flux cannot build this: ${built.message}` });
    } else {
      notBuilt.set(index, built.text);
    }
  }
  const unknownVariables = [...unknown];
  return { objects, read, unknownVariables, problems, notBuilt, tooLarge };
}

function emptiedProblems(
  objects: readonly { readonly object: KubernetesObject; readonly file: string }[],
  emptied: readonly EmptiedVariable[],
): readonly Problem[] {
  return emptied.flatMap(({ object: at, name }) => {
    const { object, file } = objects[at] ?? {};
    if (object === undefined || file === undefined) return [];
    const message = `${identityKey(identityOf(object))}: ${emptiedText(name)}`;
    return [{ file, message }];
  });
}

function undecryptedProblems(
  objects: readonly { readonly object: KubernetesObject; readonly file: string }[],
  kustomization: KubernetesObject | undefined,
): readonly Problem[] {
  if (kustomization === undefined) return [];
  return objects
    .filter(({ object }) => isUndecrypted(object, kustomization))
    .map(({ object, file }) => {
      const why = `${objectName(kustomization)} decrypts nothing (spec.decryption with provider: sops)`;
      return {
        file,
        message: `${identityKey(identityOf(object))}: it is SOPS encrypted and Flux refuses it: ${why}`,
      };
    });
}

function filesOf(root: Root): {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly tooLarge: readonly string[];
} {
  const files: Record<string, Uint8Array> = {};
  const tooLarge: string[] = [];
  let total = 0;
  for (const path of filesUnder(root, ".")) {
    const real = containedPath(root, path);
    // source-controller leaves links out of its artefact.
    if (real !== join(root.path, path)) continue;
    const { size } = statSync(real);
    if (size > maxFileBytes || total + size > maxTotalBytes) {
      tooLarge.push(path);
      continue;
    }
    total += size;
    files[path] = readFileSync(real);
  }
  return { files, tooLarge };
}
