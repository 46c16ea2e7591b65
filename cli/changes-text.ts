import type { ObjectChanges } from "../core/render/object-changes.ts";

/** Lines for people: what each object of an environment becomes. */
export function changeLines(environment: string, changes: ObjectChanges): readonly string[] {
  const { added, removed, changed, unchanged, moved } = changes;
  const counts = [
    `${changed.length} ${changed.length === 1 ? "object" : "objects"} changed`,
    ...(added.length > 0 ? [`${added.length} added`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    `${unchanged} unchanged`,
    ...(moved > 0 ? [`${moved} in another file than before`] : []),
  ];
  return [
    `${environment}: ${counts.join(", ")}`,
    ...added.map((object) => `  + ${object}`),
    ...removed.map((object) => `  - ${object}`),
    ...changed.flatMap(({ object, fields }) => [
      `  ~ ${object}`,
      ...fields.map((field) => `      ${field}`),
    ]),
  ];
}
