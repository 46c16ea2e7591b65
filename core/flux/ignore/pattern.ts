// A line of .sourceignore as source-controller reads it (fluxcd/pkg sourceignore/gitignore), which is
// not all as git does: what is excluded by its folder can come back by a later line.
import { parseGlob } from "./glob.ts";

export type Pattern = {
  /** Whether it takes files back. */
  readonly isInclusion: boolean;
  /** Of a file's path below the folder of the list. */
  readonly matches: (path: readonly string[]) => boolean;
};

export function parsePattern(line: string): Pattern {
  const isInclusion = line.startsWith("!");
  const body = isInclusion ? line.slice(1) : line;
  const trimmed = body.endsWith("\\ ") ? body : withoutSpaces(body);
  const isFolder = trimmed.endsWith("/");
  const text = isFolder ? trimmed.slice(0, -1) : trimmed;
  const parts = text.split("/");
  return {
    isInclusion,
    matches: parts.length > 1 ? byPath(parts, isFolder) : byName(text, isFolder),
  };
}

// A pattern for it would take long over a line of spaces.
function withoutSpaces(text: string): string {
  let end = text.length;
  while (text[end - 1] === " ") end -= 1;
  return text.slice(0, end);
}

function byName(text: string, isFolder: boolean): Pattern["matches"] {
  const glob = parseGlob(text);
  if (glob === undefined) return () => false;
  return (path) => {
    const at = path.findIndex(glob);
    return at >= 0 && !(isFolder && at === path.length - 1);
  };
}

type Part = "empty" | "folders" | "never" | ((name: string) => boolean);

function byPath(texts: readonly string[], isFolder: boolean): Pattern["matches"] {
  const parts = texts.map((text): Part => {
    if (text === "") return "empty";
    if (text === "**") return "folders";
    // Go does not look whether it is well formed before it gets there.
    return text.includes("**") ? "never" : (parseGlob(text) ?? "never");
  });
  return (path) => {
    let at = 0;
    let isMatched = false;
    let anyFolder = false;
    for (const [index, part] of parts.entries()) {
      if (part === "empty") anyFolder = false;
      else if (part === "folders") {
        if (index === parts.length - 1) break;
        anyFolder = true;
      } else {
        if (part === "never" || at >= path.length) return false;
        if (anyFolder) {
          anyFolder = false;
          const found = path.slice(at).findIndex(part);
          isMatched = found >= 0;
          at = found < 0 ? path.length : at + found + 1;
        } else {
          if (!part(path[at] ?? "")) return false;
          isMatched = true;
          at += 1;
        }
      }
    }
    return isMatched && !(isFolder && at >= path.length);
  };
}
