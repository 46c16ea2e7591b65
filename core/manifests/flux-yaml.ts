// How Flux reads YAML: everything it applies has gone through kustomize, whose parser takes yes, on
// and y for texts (kubectl: true), 0644 and 0o644 for octal, 1_000 for a number, a number beyond
// float64 for a text, an unquoted date for a time (checked with kubectl kustomize 1.36).
import { isMap, isScalar, isSeq, Scalar, Schema } from "yaml";
import type { Document, ScalarTag } from "yaml";
import { explicitTags } from "./explicit-tags.ts";
import { mayBeNumber, yamlNumber } from "./yaml-number.ts";

const number: ScalarTag = {
  default: true,
  tag: "tag:yaml.org,2002:int",
  format: "FLUX",
  test: mayBeNumber,
  resolve: (text) => yamlNumber(text) ?? text,
};

const time: ScalarTag = {
  default: true,
  tag: "tag:yaml.org,2002:timestamp",
  test: /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?$/,
  resolve: (text) => asTime(text) ?? text,
};

const flag = (text: string) =>
  /^(?:true|True|TRUE)$/.test(text) || (/^(?:false|False|FALSE)$/.test(text) ? false : undefined);

/** Integers beyond 2^53 are bigint, which JSON cannot write. */
export const fluxSchema = new Schema({
  schema: "core",
  customTags: (tags) => [
    ...[time, number],
    ...tags.filter(
      (tag) => typeof tag === "string" || !/:(int|float)$/.test(tag.tag) || isOdd(tag),
    ),
    ...explicitTags({ number: yamlNumber, flag, time: asTime }),
  ],
  merge: true,
});

/** Labels and annotations are texts as they are written: `1.10`, `2020-01-01`, `null`. */
export function readMetadataAsText(document: Document.Parsed): void {
  const root: unknown = document.contents;
  const items = isMap(root) ? root.get("items", true) : undefined;
  for (const object of [root, ...(isSeq(items) ? items.items : [])]) {
    for (const field of ["labels", "annotations"]) {
      const texts = isMap(object) ? object.getIn(["metadata", field], true) : undefined;
      for (const pair of isMap(texts) ? texts.items : []) {
        const { value } = pair;
        if (!isScalar(value) || value.type !== Scalar.PLAIN || !value.source) continue;
        pair.value = new Scalar(value.source);
      }
    }
  }
}

// .inf and .nan stay what they are: kustomize refuses them.
function isOdd(tag: { readonly test?: RegExp }): boolean {
  return tag.test?.test(".nan") ?? false;
}

const clock =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d\d:\d\d))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?))?$/;

// As Go writes a time: RFC 3339 without needless digits.
function asTime(text: string): string | undefined {
  const match = clock.exec(text);
  if (match === null) return undefined;
  const [, year = "", month = "", day = ""] = match;
  const at = (index: number) => (match[index] ?? match[index + 5] ?? "0").padStart(2, "0");
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const fraction = (match[7] ?? match[12] ?? "").replace(/\.?0+$/, "");
  const written = `${date}T${at(4)}:${at(5)}:${at(6)}${fraction}${match[8] ?? "Z"}`;
  const real = new Date(`${date}T00:00:00Z`);
  const isDay = !Number.isNaN(real.getTime()) && real.toISOString().startsWith(date);
  return isDay && !Number.isNaN(Date.parse(written)) ? written : undefined;
}
