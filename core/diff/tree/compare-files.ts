import { compareObjects } from "../compare-manifests.ts";
import { type Parsed, type ReadObjects, readObjects } from "../read-objects.ts";
import type { TreesComparison } from "./compare-trees.ts";
import type { SideFile } from "./side-file.ts";

/** Compares two files, whatever their names: what one holds takes the place of the other. */
export function compareFiles(
  before: SideFile | undefined,
  after: SideFile | undefined,
): TreesComparison {
  const parsed: Parsed = new Map();
  const path = after?.path ?? before?.path ?? "";
  const [old, next] = [before, after].map((file) => read(path, file, parsed));
  return { ...compareObjects(old ?? none, next ?? none), others: [], wanted: [], unbuilt: [] };
}

const none: ReadObjects = { objects: [], problems: [] };

function read(path: string, file: SideFile | undefined, parsed: Parsed): ReadObjects {
  if (file === undefined) return none;
  const { text, unread } = file;
  if (text !== undefined) return readObjects([{ path, text }], parsed);
  return { objects: [], problems: [{ file: path, message: unread ?? "was not read" }] };
}
