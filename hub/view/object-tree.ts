import type { ObjectView } from "./changes-view.ts";

/** The objects by the file that they come from, as flat rows: what is long is shown in parts. */
export type TreeRow =
  | { readonly kind: "file"; readonly key: string; readonly text: string }
  | { readonly kind: "object"; readonly key: string; readonly object: ObjectView };

/**
 * By path: a file of several objects has a row of its own, those of one stand below their folder. An
 * object that a chart renders stands below its release.
 */
export function objectTree(objects: readonly ObjectView[]): readonly TreeRow[] {
  const amount = new Map<string, number>();
  for (const { file } of objects) amount.set(file, (amount.get(file) ?? 0) + 1);
  const groups = new Map<string, ObjectView[]>();
  for (const object of objects) {
    const { file, madeBy } = object;
    const place = amount.get(file) === 1 ? (/^(.*)\/[^/]*$/.exec(file)?.[1] ?? file) : file;
    const group = madeBy === undefined ? place : `${file} (${madeBy})`;
    groups.set(group, [...(groups.get(group) ?? []), object]);
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .flatMap(([text, own]): readonly TreeRow[] => [
      { kind: "file", key: `file ${text}`, text },
      ...own.map((object): TreeRow => ({ kind: "object", key: object.key, object })),
    ]);
}

/** What those are told of an object's row who do not see its signs. */
export function rowText(
  { change, isKept, risks }: Pick<ObjectView, "change" | "isKept" | "risks">,
  isViewed: boolean,
): string {
  return [
    isKept ? "leaves git, stays in the cluster" : change,
    ...(risks > 0 ? ["has a risk"] : []),
    ...(isViewed ? ["viewed"] : []),
  ].join(", ");
}
