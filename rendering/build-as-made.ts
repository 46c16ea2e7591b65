import { canonical } from "../core/diff/values.ts";
import { isUnder } from "../core/flux/folder.ts";
import { madeKustomization } from "../core/flux/roots/made-kustomization.ts";
import type { KubernetesObject } from "../core/manifests/identity.ts";

type Root = {
  /** The folder that it builds. */
  readonly path: string;
  readonly kustomization?: KubernetesObject;
  /** Of its Flux Kustomization. */
  readonly file?: string;
};

/** One makes another one, which makes another. */
const mostTurns = 4;

/**
 * What is built of roots, each as the builds make it that bring the file of its Flux Kustomization:
 * patches and variables around one are part of what it says.
 * @param of.build builds roots; it is asked for the same objects again, and builds each once
 * @param of.place a root whose Flux Kustomization was made this one
 */
export async function buildAsMade<R extends Root, Built>(
  written: readonly R[],
  of: {
    readonly build: (roots: readonly R[]) => Promise<Built>;
    readonly objectsOf: (built: Built) => Parameters<typeof madeKustomization>[1];
    readonly place: (root: R, kustomization: KubernetesObject) => R;
  },
): Promise<{ readonly roots: readonly R[]; readonly built: Built }> {
  // A root is asked for as the same object while nothing makes another one of it.
  const asMade = (one: R, now: R, objects: Parameters<typeof madeKustomization>[1]): R => {
    const { kustomization: object, file } = one;
    if (object === undefined || file === undefined) return one;
    const made = madeKustomization({ object, file }, objects);
    if (made === undefined) return one;
    return specOf(made) === specOf(now.kustomization) ? now : of.place(one, made);
  };
  const remade = (roots: readonly R[], built: Built) => {
    const objects = of.objectsOf(built);
    return written.map((one, at) => asMade(one, roots[at] ?? one, objects));
  };
  let roots = await inOrder(written, { build: of.build, remade });
  let built = await of.build(roots);
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const next = remade(roots, built);
    if (next.every((root, at) => root === roots[at])) break;
    roots = next;
    built = await of.build(roots);
  }
  return { roots, built };
}

/**
 * Roots as those make them that hold their files, outermost first: most of a large repository are
 * leaves of one, and a leaf that was built before would be built twice.
 */
async function inOrder<R extends Root, Built>(
  written: readonly R[],
  of: {
    readonly build: (roots: readonly R[]) => Promise<Built>;
    readonly remade: (roots: readonly R[], built: Built) => readonly R[];
  },
): Promise<readonly R[]> {
  let roots = written;
  let left = written.map((_, at) => at);
  while (left.length > 0) {
    const holds = (at: number, other: number) => at !== other && holdsFile(roots[at], roots[other]);
    const outermost = left.filter((at) => !left.some((other) => holds(other, at)));
    // Of those that hold each other none comes first.
    const next =
      outermost.length > 0 ? outermost : left.filter((at) => left.some((one) => holds(at, one)));
    left = left.filter((at) => !next.includes(at));
    if (left.length === 0) break;
    const begun = roots.filter((_, at) => !left.includes(at));
    roots = of.remade(roots, await of.build(begun));
  }
  return roots;
}

function holdsFile(root: Root | undefined, other: Root | undefined): boolean {
  return root !== undefined && other?.file !== undefined && isUnder(other.file, root.path);
}

function specOf(object: KubernetesObject | undefined): string {
  return canonical(object?.["spec"]);
}
