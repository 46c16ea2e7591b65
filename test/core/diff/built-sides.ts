import type { SideFile } from "../../../core/diff/tree/side-file.ts";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { withBuilds } from "../../../kube/build-sides.ts";
import type { Kube } from "../../../kube/kube.ts";

export type Texts = Readonly<Record<string, string>>;

export function sidesOf(before: Texts, after: Texts) {
  const files = (texts: Texts): readonly SideFile[] =>
    Object.entries(texts).map(([path, text]) => ({ path, text }));
  return { before: files(before), after: files(after) };
}

/** Compares as `fluxgate diff` does, and counts what was asked to be built. */
export async function compareBuilt(kube: Pick<Kube, "build">, before: Texts, after: Texts) {
  const sides = sidesOf(before, after);
  const first = compareTrees(sides.before, sides.after);
  const { compared } = await withBuilds(kube, {
    ...{ first, sides },
    compare: ({ builds }) => compareTrees(sides.before, sides.after, builds),
  });
  return { first, compared };
}

/** `+ ConfigMap shop/a prod/a.yaml`, `~ Deployment web prod/web.yaml spec.replicas`. */
export function linesOf({ objects }: Pick<ReturnType<typeof compareTrees>, "objects">): string[] {
  const marks = { added: "+", removed: "-", changed: "~" };
  return objects.map(({ change, identity, renamedFrom, file }) => {
    const place = identity.namespace === "" ? "" : `${identity.namespace}/`;
    const from = renamedFrom === undefined ? "" : ` from ${renamedFrom}`;
    return `${marks[change]} ${identity.kind} ${place}${identity.name}${from} ${file}`;
  });
}
