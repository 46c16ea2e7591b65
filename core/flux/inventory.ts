import type { Identity } from "../manifests/identity.ts";
import { objectsAt, textAt } from "./read-json.ts";

// cli-utils' ObjMetadata: `<namespace>_<name>_<group>_<Kind>`, where `:` in names (RBAC) is `__`.
const form = /^([^_]*)_(.+)_([^_]*)_([^_]+)$/;

/** @returns undefined when the id has another form. */
function parseInventoryId(id: string, version: string): Identity | undefined {
  const [, namespace = "", name, group = "", kind] = form.exec(id) ?? [];
  if (name === undefined || kind === undefined) return undefined;
  return {
    group: shared(group),
    version: shared(version),
    kind: shared(kind),
    namespace: shared(namespace),
    name: name.replaceAll("__", ":"),
  };
}

const texts = new Map<string, string>();
const mostTexts = 10_000;

// Ten clusters have some hundred thousand entries, of few kinds and namespaces: one text for each.
function shared(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size >= mostTexts) texts.clear();
  texts.set(text, text);
  return text;
}

/** Reads `status.inventory.entries`; entries of another form are left out. */
export function readInventory(object: unknown): readonly Identity[] {
  const status = objectsAt(object, "status", "inventory", "entries");
  return status.flatMap((entry) => {
    const identity = parseInventoryId(textAt(entry, "id") ?? "", textAt(entry, "v") ?? "");
    return identity === undefined ? [] : [identity];
  });
}
