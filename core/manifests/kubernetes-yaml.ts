// Kubernetes reads YAML with a YAML 1.1 parser (sigs.k8s.io/yaml, checked with kubectl 1.36):
// unquoted yes, on, y are true, 0777 is octal, 1_000 is a number; 22:22 and dates stay text.
// What is written here is quoted so that YAML 1.1 and 1.2 readers see the same value.
import { Scalar, Schema, stringify } from "yaml";
import type { ScalarTag } from "yaml";

const yes = /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/;
const no = /^(?:n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/;

const bool: ScalarTag = {
  identify: (value) => typeof value === "boolean",
  default: true,
  tag: "tag:yaml.org,2002:bool",
  test: new RegExp(`${yes.source}|${no.source}`),
  resolve: (text) => new Scalar(yes.test(text)),
};

const octal: ScalarTag = {
  default: true,
  tag: "tag:yaml.org,2002:int",
  format: "OCT",
  test: /^[-+]?0[0-7_]+$/,
  resolve: (text) => {
    const digits = text.replace(/[_+-]/g, "");
    return (text.startsWith("-") ? -1 : 1) * Number.parseInt(digits, 8);
  },
};

const binary: ScalarTag = {
  default: true,
  tag: "tag:yaml.org,2002:int",
  format: "BIN",
  test: /^[-+]?0b[01_]+$/,
  resolve: (text) => {
    const digits = text.replace(/[_+-]|0b/g, "");
    return (text.startsWith("-") ? -1 : 1) * Number.parseInt(digits, 2);
  },
};

const grouped: ScalarTag = {
  default: true,
  tag: "tag:yaml.org,2002:float",
  format: "GROUPED",
  test: /^[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?$/,
  resolve: (text) => Number(text.replaceAll("_", "")),
};

// Above 2^53 a number would silently become another one.
const exactInteger: ScalarTag = {
  default: true,
  tag: "tag:yaml.org,2002:int",
  format: "EXACT",
  test: /^[-+]?[1-9][0-9]{15,}$/,
  resolve: (text) => {
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : BigInt(text);
  },
};

// Kept: to make one takes longer than to read a small document, and each document would.
const readingWith = (own: readonly ScalarTag[]) =>
  new Schema({
    schema: "core",
    customTags: (tags) => [...own, ...tags],
    merge: true,
    resolveKnownTags: true,
  });
const tags = [bool, octal, binary, grouped];
const rounding = readingWith(tags);
const exact = readingWith([exactInteger, ...tags]);
const writing = new Schema({ schema: "core", compat: "yaml-1.1" });

/** Reads plain scalars and merge keys (`<<`) as kubectl and Flux do. */
export function kubernetesSchema(exactIntegers: boolean): Schema {
  return exactIntegers ? exact : rounding;
}

/**
 * YAML text of a value, ending in a line feed: keys in the order of the object, no wrapped lines,
 * no aliases.
 */
export function toYaml(value: unknown): string {
  return stringify(value, { schema: writing, lineWidth: 0, aliasDuplicateObjects: false });
}
