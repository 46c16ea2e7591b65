import type { Change } from "../kube/server-case.ts";

/** Values that some field refuses and another takes: which is for the two servers to say alike. */
const texts: readonly unknown[] = ["", "A b", "x".repeat(300), 7, null];
const numbers: readonly unknown[] = [-1, 0, 70_000, 2 ** 40, "two", null];
const truths: readonly unknown[] = ["yes", null];

/** Every leaf of an object changed into each of some values, one at a time. */
export function generatedChanges(object: object): readonly Change[] {
  return leaves(object, "").flatMap(({ path, value }) =>
    (typeof value === "number" ? numbers : typeof value === "boolean" ? truths : texts).map(
      (next) => ({ [path]: next }),
    ),
  );
}

/** Every leaf changed into another value that it may well have. */
export function generatedUpdates(object: object): readonly Change[] {
  return leaves(object, "").flatMap(({ path, value }): readonly Change[] => {
    if (typeof value === "number") return [{ [path]: value + 1 }];
    return typeof value === "boolean" ? [{ [path]: !value }] : [{ [path]: "other" }];
  });
}

// Which object it is has to stay.
const identity = new Set(["apiVersion", "kind", "metadata.name", "metadata.namespace"]);

function leaves(
  value: unknown,
  path: string,
): readonly { readonly path: string; readonly value: unknown }[] {
  if (identity.has(path) || /[/.]\w*\//.test(path)) return [];
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, child]) =>
    key.includes(".") ? [] : leaves(child, path === "" ? key : `${path}.${key}`),
  );
}
