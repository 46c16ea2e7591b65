import type { ObjectChange } from "../../core/diff/object-change.ts";
import { placeClause } from "../../core/diff/applied-by.ts";
import { objectName } from "../../core/manifests/object-name.ts";
import { pathText } from "../../core/diff/path.ts";
import { canonical } from "../../core/diff/values.ts";
import { identityKey } from "../../core/manifests/identity.ts";
import { restartsPods } from "../../core/diff/effects.ts";

/**
 * Finds the objects that hold every word of a text: in kind, name, file, what applies them (`prod/west`) or
 * what happens to them, or in a field that changes and its values, as they are shown (those of Secrets are masked).
 * @returns the places of the objects
 */
export function objectFinder(
  objects: readonly ObjectChange[],
): (text: string) => readonly number[] {
  const bodies = new Map<number, string>();
  const bodyOf = (one: ObjectChange, index: number): string => {
    const known = bodies.get(index) ?? bodyText(one).toLowerCase();
    bodies.set(index, known);
    return known;
  };
  return (text) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return [...objects.keys()].filter((index) => {
      const one = objects[index];
      if (one === undefined) return false;
      const head = headText(one).toLowerCase();
      const rest = words.filter((word) => !head.includes(word));
      if (rest.length === 0) return true;
      const body = bodyOf(one, index);
      return rest.every((word) => body.includes(word));
    });
  };
}

function headText(one: ObjectChange): string {
  const { change, identity, file, root, kept, madeBy = "" } = one;
  const place = root === undefined ? "" : placeClause(root);
  const restarts = restartsPods(one) ? "restarts, pods restart" : "";
  const name = objectName(identity);
  const stays = kept === undefined ? "" : "leaves git, stays in the cluster";
  return [change, name, identityKey(identity), file, place, madeBy, restarts, stays].join(" ");
}

function bodyText({ change, edits, before, after }: ObjectChange): string {
  if (change !== "changed") return canonical(after ?? before);
  return edits
    .map((edit) => {
      const old = edit.kind === "added" ? "" : textIn(edit.before);
      const next = edit.kind === "removed" ? "" : textIn(edit.after);
      return `${pathText(edit.path)} ${old} ${next}`;
    })
    .join("\n");
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : canonical(value);
}
