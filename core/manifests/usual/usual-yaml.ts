// The YAML that programs and people usually write (block mappings and lists, texts of all kinds, JSON
// in brackets), read in one go into values: many times as fast as by way of tokens, nodes and places.
// Whatever it does not surely read as the parser of all YAML does (anchors, tags, tabs, directives,
// a key that is there twice, anything that is wrong) it leaves to that one, the whole text.
import { readBlock } from "./block.ts";
import { type Cursor, giveUp, unlessGivenUp } from "./cursor.ts";
import { endLine, toContent } from "./lines.ts";

export type UsualDocument = { readonly value: unknown; readonly line: number };

type Options = {
  readonly valueOf: Cursor["valueOf"];
  /** Labels and annotations are texts as they are written. */
  readonly metadataAsText: boolean;
  readonly maxValues: number;
};

/** Carriage returns too: both kinds of them mean something. */
const unusual =
  // eslint-disable-next-line no-control-regex -- it is what is looked for
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const maxLevels = 100;

/** The documents of a usual text but empty ones; undefined where it is for the parser of all YAML. */
export function readUsualYaml(text: string, options: Options): UsualDocument[] | undefined {
  if (unusual.test(text)) return undefined;
  const { valueOf, maxValues: valuesLeft } = options;
  const cursor: Cursor = {
    ...{ text, valueOf, at: 0, column: -1 },
    valuesLeft,
    levelsLeft: maxLevels,
  };
  return unlessGivenUp(() => readDocuments(cursor, options));
}

function readDocuments(cursor: Cursor, { metadataAsText }: Options): UsualDocument[] {
  const { text } = cursor;
  const documents: UsualDocument[] = [];
  let line = 1;
  let counted = 0;
  toContent(cursor);
  while (cursor.at < text.length) {
    if (cursor.column < 0) {
      cursor.at += "---".length;
      endLine(cursor);
      continue;
    }
    for (let at = text.indexOf("\n", counted); at >= 0 && at < cursor.at;) {
      line += 1;
      counted = at + 1;
      at = text.indexOf("\n", counted);
    }
    const value = readBlock(cursor, -1, metadataAsText ? "root" : "elsewhere");
    if (typeof value !== "object" || value === null || cursor.column >= 0) giveUp();
    documents.push({ value, line });
  }
  return documents;
}
