import { leftOut, isIgnoreFile } from "../../flux/ignore/left-out.ts";
import type { Risk } from "../risk.ts";
import { unknownEffect } from "../uncompared.ts";
import { isSameFile, type Side } from "./side-file.ts";
import { onceFor } from "../../once-for.ts";

type Sides = { readonly before: Side; readonly after: Side };

/** The files of both sides that Flux sees: without what lists of files that it shall leave out name. */
export function seenByFlux({ before, after }: Sides): Sides {
  return { before: seenOf(before), after: seenOf(after) };
}

// What is found out about the files that Flux sees is kept with them.
const seenOf = onceFor(withoutLeftOut);

function withoutLeftOut(side: Side): Side {
  const lists = [...side.values()].flatMap(({ path, text }) =>
    text !== undefined && isIgnoreFile(path) ? [[path, text] as const] : [],
  );
  const isLeftOut = leftOutOrNone(lists) ?? leftOut([]);
  return new Map([...side].filter(([path]) => !isLeftOut(path)));
}

function leftOutOrNone(
  lists: Parameters<typeof leftOut>[0],
): ReturnType<typeof leftOut> | undefined {
  try {
    return leftOut(lists);
  } catch {
    return undefined;
  }
}

/** Lists of files that were not read yet, and can be, where anything changes. */
export function unreadIgnores(sides: Sides): readonly string[] {
  if (isSame(sides)) return [];
  return [sides.before, sides.after].flatMap((side) =>
    [...side.values()].flatMap(({ path, text, unread }) =>
      isIgnoreFile(path) && text === undefined && unread === undefined ? [path] : [],
    ),
  );
}

/** Lists of files that cannot be read, or have no end: which files Flux leaves out is not known then. */
export function unknownIgnores(sides: Sides): readonly Risk[] {
  if (isSame(sides)) return [];
  const all = [sides.before, sides.after].flatMap((side) => {
    const lists = [...side.values()].filter(({ path }) => isIgnoreFile(path));
    const texts = lists.flatMap(({ path, text }) =>
      text === undefined ? [] : [[path, text] as const],
    );
    if (leftOutOrNone(texts) === undefined) return lists.map(({ path }) => path);
    return lists.filter(({ unread }) => unread !== undefined).map(({ path }) => path);
  });
  return [...new Set(all)].map((name) => ({
    rule: unknownEffect,
    severity: "high",
    identity: { group: "", version: "v1", kind: "File", namespace: "", name },
    text: "cannot be read as a list of files that Flux leaves out: which of the files it applies is not known here",
  }));
}

function isSame({ before, after }: Sides): boolean {
  return [...new Set([...before.keys(), ...after.keys()])].every((path) =>
    isSameFile(before, after, path),
  );
}
