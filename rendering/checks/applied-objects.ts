import { posix } from "node:path";
import type { Problem } from "../../core/errors.ts";
import { buildInputs } from "../../core/flux/build-inputs.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import {
  fileKustomizations,
  isFluxKustomization,
} from "../../core/flux/roots/file-kustomizations.ts";
import type { CheckedObject } from "../../core/render/check-objects.ts";
import { variablesIn } from "../../core/render/open-text.ts";
import { isIndexPath } from "../../core/render/ownership-index.ts";
import type { repeatedObjects } from "../../core/render/repeated-objects.ts";
import type { Kube } from "../../kube/kube.ts";
import { filesUnder } from "../inputs/contained-files.ts";
import type { Root } from "../inputs/contained-files.ts";
import type { ManifestFolder } from "../inputs/manifest-folder.ts";
import { buildOverlays } from "../kustomize/build-overlays.ts";
import { buildMade, type PlacedRoot } from "./build-made.ts";
import { folderRoots, isInside } from "./folder-roots.ts";
import type { LyingObjects, Placed } from "./lying-objects.ts";
import { missingFolders } from "./missing-folders.ts";
import { isPartOfRepository, rootAbove } from "./root-above.ts";
import { kustomizationNames } from "../../core/manifests/kustomization-file.ts";

/** What is applied of a folder, as far as it can be told. */
export type AppliedObjects = {
  readonly objects: readonly CheckedObject[];
  readonly placed: Parameters<typeof repeatedObjects>[0];
  /** Folders that Flux' Kustomizations among them apply, the top one as `""`. */
  readonly fluxPaths: readonly string[];
  readonly unknownVariables: readonly string[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

const nothingLost: ReturnType<typeof missingFolders> = { problems: [], warnings: [] };

/** What Flux would apply, by its own code; or why that cannot be had. */
export async function buildByFlux(
  kube: Kube,
  of: { readonly root: Root; readonly folder: ManifestFolder; readonly lying: LyingObjects },
): Promise<AppliedObjects | { readonly unavailable: string }> {
  const { root, folder, lying } = of;
  const paths = filesUnder(root, ".");
  const kustomizations = fileKustomizations(lying.objects, { paths });
  const written = folderRoots(kustomizations, folder.tops).map((each) => {
    const placed = lying.objects.find(({ object }) => object === each.kustomization);
    return placed ? { ...each, file: placed.file, ...buildInputs(placed, lying.objects) } : each;
  });
  const result = await buildMade(kube, root, written);
  if ("unavailable" in result) return result;
  const { built, roots } = result;
  const isBuilt = (file: string) =>
    roots.some(({ path }, index) => !built.notBuilt.has(index) && isInside(file, path));
  const unread = lying.objects.filter(({ file }) => !built.read.has(file));
  const asTheyLie = unread.filter(({ file }) => !isBuilt(file));
  const groups = roots.map((each) => groupOf(each, { paths }));
  const found = built.objects.map(({ object, file, root: index, open }) => ({
    // One for all: what is said of many objects alike is said once, whichever root brings each.
    ...{ app: { name: ".", clusterScoped: [] }, object, file },
    ...(open && { open }),
    ...lineOf(
      object,
      lying.objects.filter((each) => each.file === file),
    ),
    together: groups[index],
  }));
  // What a failed build would have read is not known.
  const unreached = built.problems.length > 0 ? [] : unread.filter(({ file }) => isBuilt(file));
  const notBuilt = [...built.notBuilt].map(([index, why]) => notBuiltHere(roots[index], why));
  const fluxPaths = roots.flatMap(({ path, kustomization }) =>
    kustomization === undefined ? [] : [path === "." ? "" : path],
  );
  // Where Flux Kustomizations say what is applied, it is for another program (Talos, kind, a pipeline).
  const isElsewhere = (file: string) =>
    fluxPaths.length > 0 &&
    !built.read.has(file) &&
    !roots.some(({ path }) => isInside(file, path));
  const above = rootAbove(root, kustomizations, paths);
  const applied = [...found, ...asTheyLie].map((one) =>
    one.open === undefined && above.substitutes
      ? { ...one, open: [...new Set(variablesIn(toYaml(one.object)))] }
      : one,
  );
  const lost =
    above.warnings.length > 0
      ? nothingLost
      : missingFolders(applied, { paths, isPart: isPartOfRepository(root) });
  const elsewhere = new Set(lying.strangers.map(({ file }) => file).filter(isElsewhere));
  const wrong = [...lying.problems, ...lying.strangers.filter(({ file }) => !elsewhere.has(file))];
  return {
    objects: applied,
    placed: [...found, ...inEnvironment(asTheyLie, paths)],
    fluxPaths,
    unknownVariables: built.unknownVariables,
    problems: [
      ...wrong.filter(({ file }) => built.read.has(file) || !isBuilt(file)),
      ...built.problems,
      ...lost.problems,
    ],
    warnings: [
      ...above.warnings,
      ...lost.warnings,
      ...notBuilt,
      ...[...elsewhere].map(notOfFlux),
      ...[...new Set(unreached.map(({ file }) => file))].map((file) =>
        built.tooLarge.includes(file) ? tooLarge(file) : notReached(file, roots),
      ),
    ],
  };
}

/**
 * What lies there, and what overlays make of it, built where kubectl is there.
 * @param unavailable why Flux's own code does not build
 */
export async function buildByKubectl(
  { root, folder, lying }: Parameters<typeof buildByFlux>[1],
  unavailable?: string,
): Promise<AppliedObjects> {
  const { overlays, parts, tops } = folder;
  const paths = filesUnder(root, ".");
  const hasBuilds =
    tops.length > 0 || lying.objects.some(({ object }) => isFluxKustomization(object));
  const built = await buildOverlays(root, overlays);
  // An overlay mostly hands on what its bases say, which was checked where it stands.
  const known = new Set(lying.objects.map(({ object }) => toYaml(object)));
  const further = built.objects
    .filter(({ object }) => !known.has(toYaml(object)))
    .map(({ object, folder }) => ({
      app: { name: folder, clusterScoped: [] },
      object,
      file: folder,
    }));
  return {
    objects: [...lying.objects, ...further],
    placed: inEnvironment(lying.objects, paths),
    fluxPaths: fileKustomizations(lying.objects, { paths }).flatMap(({ path }) => path ?? []),
    unknownVariables: [],
    problems: [...lying.problems, ...lying.strangers, ...built.problems],
    warnings: [
      ...(unavailable !== undefined && hasBuilds ? [notByFlux(unavailable)] : []),
      ...built.notBuilt,
      ...(overlays.length === 0 ? parts.map(notChecked) : []),
    ],
  };
}

// Kustomizations side by side act in one cluster.
function groupOf({ path, file }: PlacedRoot, of: { readonly paths: readonly string[] }): string {
  if (file !== undefined) return `cluster ${posix.dirname(file)}`;
  return environmentOf(`${path}/`, of.paths) ?? `root ${path}`;
}

// The folder with our indexes is applied as one; a kustomization of its own may leave files out.
function environmentOf(file: string, paths: readonly string[]): string | undefined {
  const environment = paths
    .filter((each) => isIndexPath(each))
    .map((each) => posix.dirname(posix.dirname(each)))
    .find((each) => isInside(file, each));
  if (environment === undefined) return undefined;
  const listed = (name: string) => paths.includes(posix.join(environment, name));
  return kustomizationNames.some(listed) ? undefined : `environment ${environment}`;
}

function inEnvironment(objects: readonly Placed[], paths: readonly string[]) {
  return objects.map((each) => ({ ...each, together: environmentOf(each.file, paths) }));
}

function lineOf(
  { kind, metadata }: CheckedObject["object"],
  inFile: readonly Placed[],
): { readonly line?: number } {
  const same = inFile.filter(({ object }) => object.kind === kind);
  const exact = same.find(({ object }) => object.metadata.name === metadata.name);
  const line = (exact ?? same.find((each) => metadata.name.includes(each.object.metadata.name)))
    ?.line;
  return line === undefined ? {} : { line };
}

function notByFlux(why: string): Problem {
  return {
    message: `what Flux would build was not checked, only files as they lie there and what kubectl makes of kustomizations: ${why}`,
  };
}

function notChecked(file: string): Problem {
  return { file, message: "was not checked: it is a part that a kustomization reads" };
}

function notBuiltHere(root: PlacedRoot | undefined, why: string): Problem {
  const message = `was not built, and its files were checked as they lie there: ${why}`;
  return { file: root?.path ?? ".", message };
}

function tooLarge(file: string): Problem {
  return { file, message: "was not checked: it is too large to be built with here" };
}

function notOfFlux(file: string): Problem {
  const message =
    "was not checked: it holds no Kubernetes object, and no Flux Kustomization here applies it";
  return { file, message };
}

// Who applies a folder with a kustomization alone, and whether other folders too, the files do not say.
function notReached(file: string, roots: readonly PlacedRoot[]): Problem {
  const around = roots.filter(({ path }) => isInside(file, path));
  const isTold = around.some(({ kustomization }) => kustomization !== undefined);
  const why = isTold
    ? "no kustomization reaches it, so Flux does not apply it"
    : `the kustomization of ${around[0]?.path ?? "."} does not reach it, so Flux does not apply it with that`;
  return { file, message: `was not checked: ${why}` };
}
