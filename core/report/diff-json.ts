import { rootAmong } from "../diff/applied-by.ts";
import { verdictText } from "./diff-text.ts";
import { placedText } from "../diff/tree/placed-problems.ts";
import type { ClassifiedEdit, ObjectChange } from "../diff/object-change.ts";
import { pathText } from "../diff/path.ts";
import { serverGap, type ServerWord } from "../diff/server/server-word.ts";
import type { TreesComparison } from "../diff/tree/compare-trees.ts";

/** What `fluxgate diff --format json` prints; docs/spec/diff.schema.json describes it. */
export function diffJson(
  compared: Omit<TreesComparison, "wanted"> & { readonly server?: ServerWord },
): string {
  const { complete, objects, risks, problems, others, server } = compared;
  const rootOf = rootAmong(objects);
  const value = {
    verdict: verdictText(compared),
    complete,
    objects: objects.map(objectOf),
    risks: risks.map(({ rule, severity, identity, text }) => {
      const { kind, namespace, name } = identity;
      const root = rootOf(identity);
      return {
        ...{ rule, severity, kind, namespace, name, text },
        ...(root === undefined ? {} : { root }),
      };
    }),
    problems: problems.map(placedText),
    otherFiles: others,
    ...(server === undefined ? {} : { server: serverOf(server) }),
  };
  return harmlessJson(JSON.stringify(value, exactly, 2));
}

function serverOf(word: ServerWord) {
  return { complete: serverGap(word) === undefined, ...judgedBy(word) };
}

function judgedBy(word: ServerWord) {
  switch (word.kind) {
    case "unasked":
      return { judged: 0, notJudged: [word.why] };
    case "nothing":
      return { judged: 0, notJudged: word.notAsked };
    case "said": {
      const refused = new Set(word.refusals.map(({ identity }) => identity)).size;
      const { minor, judged, notAsked } = word;
      return { kubernetes: `1.${minor}`, judged, refused, notJudged: notAsked };
    }
  }
}

function objectOf(change: ObjectChange) {
  const { identity, renamedFrom, file, root, madeBy, unknownBefore, kept, edits } = change;
  const { kind, namespace, name } = identity;
  return {
    kind,
    namespace,
    name,
    change: change.change,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    ...(unknownBefore ? { unknownBefore } : {}),
    ...(kept === undefined ? {} : { kept: true }),
    file,
    ...(root === undefined ? {} : { root }),
    ...(madeBy === undefined ? {} : { madeBy }),
    edits: edits.map(editOf),
  };
}

function editOf(edit: ClassifiedEdit) {
  return {
    path: pathText(edit.path),
    ...(edit.kind === "added" ? {} : { before: edit.before }),
    ...(edit.kind === "removed" ? {} : { after: edit.after }),
    ...(edit.kind === "reordered" ? { reordered: true } : {}),
    class: edit.noise ?? "change",
  };
}

// Integers that JSON readers would round are written as texts.
function exactly(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/** The same JSON without characters that terminals, agents or readers take for more than text. */
function harmlessJson(text: string): string {
  return text
    .replaceAll(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (one) => {
      return `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;
    })
    .replaceAll(/##(?=(vso)?\[)/gi, "\\u0023#");
}
