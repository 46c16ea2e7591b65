import { madeKustomization } from "../core/flux/roots/made-kustomization.ts";
import type { KubernetesObject } from "../core/manifests/identity.ts";

type Root = {
  readonly kustomization?: KubernetesObject;
  /** Of its Flux Kustomization. */
  readonly file?: string;
};

/** Roots, and what was built of them. */
type Turn<R, Built> = { readonly roots: readonly R[]; readonly built: Built };

/** One makes another one, which makes another. */
const mostTurns = 4;

/**
 * What is built of roots, once more where a build makes other Flux Kustomizations of their files:
 * patches and variables around one are part of what it says.
 * @param of.build builds all roots; those of the turn before that are the same objects need not be
 * built again
 * @param of.place a root whose Flux Kustomization was made this one
 */
export async function buildAsMade<R extends Root, Built>(
  written: readonly R[],
  of: {
    readonly build: (roots: readonly R[], before?: Turn<R, Built>) => Promise<Built>;
    readonly objectsOf: (built: Built) => Parameters<typeof madeKustomization>[1];
    readonly place: (root: R, kustomization: KubernetesObject) => R;
  },
): Promise<Turn<R, Built>> {
  let turn: Turn<R, Built> = { roots: written, built: await of.build(written) };
  for (let time = 1; time <= mostTurns; time += 1) {
    const objects = of.objectsOf(turn.built);
    const roots = turn.roots.map((root) => {
      const { kustomization: object, file } = root;
      if (object === undefined || file === undefined) return root;
      const made = madeKustomization({ object, file }, objects);
      return made === undefined ? root : of.place(root, made);
    });
    if (roots.every((root, at) => root === turn.roots[at])) return turn;
    turn = { roots, built: await of.build(roots, turn) };
  }
  return turn;
}
