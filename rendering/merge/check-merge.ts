import type { Kube } from "../../kube/kube.ts";
import {
  type CommitFiles,
  type FluxRoot,
  fluxRoots,
  isBelow,
} from "../../core/merge/flux-roots.ts";
import {
  type AppliedObject,
  duplicateFindings,
  type MergeFinding,
} from "../../core/merge/merge-finding.ts";
import { existingObjects } from "../../core/render/existing-objects.ts";
import { type BuiltRoot, buildRoot, type Commit } from "./build-root.ts";
import { judgeObjects } from "./judge-objects.ts";

export type MergeCheck = {
  readonly findings: readonly MergeFinding[];
  /** What nobody looked at, in words; a merge without findings may still fail by it. */
  readonly notChecked: readonly string[];
  /** The paths that were built, and where they are known from. */
  readonly roots: readonly string[];
  readonly from: string;
  readonly objects: number;
};

type Merge = {
  readonly before: CommitFiles;
  readonly after: CommitFiles;
  readonly changed: readonly string[];
  readonly kube: Kube;
};

/**
 * What a merge would do: every path of Flux that it touches is built before and after by Flux's own
 * code, what changes is judged by the API server's own, and an object that two files bring to one
 * cluster is found.
 */
export async function checkMerge({ before, after, changed, kube }: Merge): Promise<MergeCheck> {
  const { roots, from } = fluxRoots(after);
  const touched = roots.filter((root) => isTouched(root, { roots, changed }));
  const clusters = new Set(touched.map(({ cluster }) => cluster));
  const findings: MergeFinding[] = [];
  const notChecked: string[] = [];
  let objects = 0;
  const [next, old] = [commitOf(after), commitOf(before)];
  for (const cluster of clusters) {
    const beside = roots.filter((root) => root.cluster === cluster);
    const now = await buildAll(beside, next, kube);
    const was = await buildAll(beside, old, kube);
    for (const [at, built] of now.entries()) {
      const root = beside[at];
      if (root === undefined || !touched.includes(root)) continue;
      findings.push(...buildFindings(root, { built, was: was[at], after }));
      notChecked.push(...built.notChecked);
      objects += built.objects.length;
    }
    const [all, earlier] = [now, was].map((each) => each.flatMap((built) => built.objects));
    findings.push(...duplicateFindings(all ?? [], earlier ?? []));
    const judged = await judgeObjects({
      after: all ?? [],
      before: earlier ?? [],
      files: after,
      kube,
    });
    findings.push(...judged.findings);
    notChecked.push(...judged.notChecked);
  }
  return {
    findings: onceEach(findings),
    notChecked: [...new Set(notChecked)],
    roots: touched.map(({ name, path }) => (name === path ? path : `${name} (${path})`)),
    from,
    objects,
  };
}

// A changed file that lies in no root may be a base of any of them.
function isTouched(
  { path }: FluxRoot,
  { roots, changed }: { readonly roots: readonly FluxRoot[]; readonly changed: readonly string[] },
): boolean {
  return changed.some(
    (file) => isBelow(file, path) || !roots.some((root) => isBelow(file, root.path)),
  );
}

function commitOf(files: CommitFiles): Commit {
  let known: ReturnType<Commit["placed"]> | undefined;
  const read = () =>
    existingObjects([...files].map(([path, text]) => ({ path, text }))).map(
      ({ path: file, object }) => ({ object, file }),
    );
  return { files, placed: () => (known ??= read()) };
}

async function buildAll(
  roots: readonly FluxRoot[],
  commit: Commit,
  kube: Kube,
): Promise<readonly BuiltRoot[]> {
  const built: BuiltRoot[] = [];
  // One after another: the module builds one thing at a time.
  for (const root of roots) built.push(await buildRoot(root, commit, kube));
  return built;
}

function buildFindings(
  root: FluxRoot,
  state: {
    readonly built: BuiltRoot;
    readonly was: BuiltRoot | undefined;
    readonly after: CommitFiles;
  },
): readonly MergeFinding[] {
  const { built, was, after } = state;
  if (built.failure === undefined) return [];
  const severity = was?.failure === built.failure ? ("warning" as const) : ("error" as const);
  const message = `Flux cannot build ${root.name}: ${built.failure}`;
  const own = duplicateFindings(plainObjects(root, after), []);
  const file = own[0]?.file ?? built.failureFile;
  return [
    { severity, message, ...(file === undefined ? {} : { file }) },
    ...own.map((each) => ({ ...each, severity })),
  ];
}

/** What the files of a folder hold, read as they lie there. */
function plainObjects({ path }: FluxRoot, files: CommitFiles): readonly AppliedObject[] {
  const inside = [...files]
    .filter(([file]) => isBelow(file, path))
    .map(([file, text]) => ({ path: file, text }));
  return existingObjects(inside).map(({ path: file, object }) => ({ object, file }));
}

function onceEach(findings: readonly MergeFinding[]): readonly MergeFinding[] {
  return [...new Map(findings.map((each) => [JSON.stringify(each), each])).values()];
}
