import { pathText } from "../../core/diff/path.ts";
import type { ObjectView } from "./changes-view.ts";

/**
 * Objects that hold every word of a text: in kind, name, file or what happens to them, or in the path
 * of a field that changes.
 */
export function filterObjects(objects: readonly ObjectView[], text: string): readonly ObjectView[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return objects;
  return objects.filter((object) => {
    const { kind, name, change, file, source } = object;
    const head =
      `${change} ${kind} ${name} ${file} ${object.restarts ? "restarts" : ""}`.toLowerCase();
    const rest = words.filter((word) => !head.includes(word));
    if (rest.length === 0) return true;
    const paths = source.edits.map(({ path }) => pathText(path).toLowerCase());
    return rest.every((word) => paths.some((path) => path.includes(word)));
  });
}
