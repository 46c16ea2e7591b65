// What applied what, from the sources down: a tree of what a snapshot lists.
import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { fluxKey } from "../../core/flux/flux-object.ts";
import { type ItemView, type Words, objectItem, workloadItem } from "./cause-view.ts";

export type TreeNode = {
  readonly key: string;
  readonly item: ItemView;
  readonly children: readonly TreeNode[];
  /** Nothing in it wants attention. */
  readonly well: boolean;
};

export function treeView(snapshot: EnvironmentSnapshot, words: Words): readonly TreeNode[] {
  const entries = [
    ...snapshot.objects.map((object) => ({
      key: fluxKey(object),
      parents: [object.appliedBy, object.source],
      item: objectItem(object, words),
    })),
    ...snapshot.workloads.map((workload, index) => ({
      key: `workload ${index}`,
      parents: [workload.appliedBy],
      item: workloadItem(workload),
    })),
  ];
  const known = new Set(entries.map(({ key }) => key));
  const parentOf = (key: string, parents: readonly (string | undefined)[]) =>
    parents.find((parent) => parent !== undefined && parent !== key && known.has(parent));
  const children = new Map<string, typeof entries>();
  for (const entry of entries) {
    const parent = parentOf(entry.key, entry.parents) ?? "";
    children.set(parent, [...(children.get(parent) ?? []), entry]);
  }
  const placed = new Set<string>();
  const grow = (parent: string): readonly TreeNode[] => growAll(parent).sort(troubledFirst);
  const growAll = (parent: string): TreeNode[] =>
    (children.get(parent) ?? []).flatMap(({ key, item }) => {
      if (placed.has(key)) return [];
      placed.add(key);
      const below = grow(key);
      const well = item.tone === "good" && below.every((node) => node.well);
      return [{ key, item, children: below, well }];
    });
  const roots = grow("");
  // A circle has no root; anybody may have written one.
  const lost = entries.filter(({ key }) => !placed.has(key));
  const rest = lost.map(({ key, item }) => ({
    ...{ key, item, children: [] },
    well: item.tone === "good",
  }));
  return [...roots, ...rest].sort(troubledFirst);
}

function troubledFirst(a: TreeNode, b: TreeNode): number {
  return Number(a.well) - Number(b.well);
}
