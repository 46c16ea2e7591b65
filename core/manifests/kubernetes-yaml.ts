// How YAML is read: numbers as Go's readers take them (yaml-number.ts), dates as texts. Of unquoted
// yes, on, y and their like kubectl and Helm make true and false, kustomize (so Flux) texts: what is
// written here is quoted wherever a reader of YAML 1.1 or 1.2 would see another value.
import { Scalar, Schema, stringify } from "yaml";
import type { ScalarTag } from "yaml";
import { explicitTags } from "./explicit-tags.ts";
import { escapedText, isEscaped } from "./yaml-escapes.ts";
import { writeUsualYaml } from "./usual/write-usual.ts";
import { mayBeNumber, yamlNumber } from "./yaml-number.ts";

const yes = /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/;
const no = /^(?:n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/;

const words: ScalarTag = {
  identify: (value) => typeof value === "boolean",
  default: true,
  tag: "tag:yaml.org,2002:bool",
  test: new RegExp(`${yes.source}|${no.source}`),
  resolve: (text) => new Scalar(yes.test(text)),
};

const numberIn = (text: string, round: boolean) => {
  const value = yamlNumber(text);
  return value !== undefined && round ? Number(value) : value;
};

const numberTag = (round: boolean): ScalarTag => ({
  default: true,
  tag: "tag:yaml.org,2002:int",
  format: "GO",
  test: mayBeNumber,
  resolve: (text) => numberIn(text, round) ?? text,
});

const flag = (text: string) =>
  /^(?:true|True|TRUE)$/.test(text) || (/^(?:false|False|FALSE)$/.test(text) ? false : undefined);
const word = (text: string) => yes.test(text) || (no.test(text) ? false : undefined);

/** Dates stay the texts that they are written as. */
const date = (text: string) =>
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?$/.test(text) ? text : undefined;

// YAML 1.1 takes U+0085, U+2028 and U+2029 for line breaks, and Go's readers refuse the others. The
// serializer would not quote all numbers of Go (0X1f).
const escaped: ScalarTag = {
  identify: (value) => typeof value === "string" && isWrittenEscaped(value),
  default: true,
  tag: "tag:yaml.org,2002:str",
  resolve: (text) => text,
  stringify: ({ value }) => escapedText(String(value)),
};

function isWrittenEscaped(text: string): boolean {
  return isEscaped(text) || (mayBeNumber.test(text) && yamlNumber(text) !== undefined);
}

/** Whose reading of unquoted words counts; `spelled`: every scalar but null is its text as written. */
export type Reading = "kustomize" | "helm" | "spelled";

// Kept: to make one takes longer than to read a small document, and each document would.
const readingWith = (own: readonly ScalarTag[], round: boolean) =>
  new Schema({
    schema: "core",
    customTags: (tags) => [
      ...own,
      numberTag(round),
      ...tags.filter((tag) => typeof tag === "string" || !isNumber(tag)),
      ...explicitTags({
        number: (text) => numberIn(text, round),
        flag: own.includes(words) ? word : flag,
        time: date,
      }),
    ],
    merge: true,
  });
const schemas = {
  kustomize: { exact: readingWith([], false), rounded: readingWith([], true) },
  helm: { exact: readingWith([words], false), rounded: readingWith([words], true) },
};
const spelled = new Schema({
  schema: "failsafe",
  customTags: (tags) => ["null", ...tags],
  merge: true,
});
const writing = new Schema({
  schema: "core",
  compat: "yaml-1.1",
  customTags: (tags) => [escaped, ...tags],
});

// Of the parser's own tags .inf and .nan stay: numbers that no JSON can hold.
function isNumber({ tag, test }: Exclude<Schema["tags"][number], string>): boolean {
  return /:(int|float)$/.test(tag) && !(test instanceof RegExp && test.test(".nan"));
}

/** Reads plain scalars and merge keys (`<<`) as kubectl, Helm and Flux do. */
export function kubernetesSchema(reading: Reading, exactIntegers: boolean): Schema {
  if (reading === "spelled") return spelled;
  return schemas[reading][exactIntegers ? "exact" : "rounded"];
}

/**
 * YAML text of a value, ending in a line feed: keys in the order of the object, no wrapped lines,
 * no aliases.
 */
export function toYaml(value: unknown): string {
  return writeUsualYaml(value, spelling) ?? toAnyYaml(value);
}

/** {@link toYaml} by the library, of any value. */
export function toAnyYaml(value: unknown): string {
  return stringify(value, { schema: writing, lineWidth: 0, aliasDuplicateObjects: false });
}

// What the library asks of a text before it writes it plain.
const otherwiseRead = [...writing.tags, ...(writing.compat ?? [])].flatMap((tag) => {
  const test = "test" in tag && tag.test instanceof RegExp ? tag.test : undefined;
  return tag.default && tag.tag !== "tag:yaml.org,2002:str" && test ? [test] : [];
});
// None of them takes another text than a number, a date, a merge key or a word as short as false.
const maybeOtherwise = /^[^A-Za-z]|^.{0,5}$/;
const spelling = {
  isEscaped: isWrittenEscaped,
  escaped: escapedText,
  isAmbiguous: (text: string) =>
    maybeOtherwise.test(text) && otherwiseRead.some((test) => test.test(text)),
};
