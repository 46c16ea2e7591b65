// Secrets inside of texts: a patch in a Flux Kustomization, a manifest in a ConfigMap.
import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
  type Pair,
  type YAMLMap,
} from "yaml";
import { besideValues, secretKeys } from "./secret-fields.ts";
import { textOf } from "./values.ts";

/** Whether a text is worth reading: most are not. */
const mayHoldSecret = new RegExp(
  `\\bkind["']?\\s*:\\s*["']?Secret\\b|["'\\s]/data(/|["'\\s]|$)|\\b(${[...secretKeys].join("|")})\\b`,
);
/** Characters that are read as YAML: no ConfigMap holds more than 1 MiB, and this takes seconds. */
const longest = 2 ** 20;

/**
 * The text with the values of Secrets in it replaced: in manifests, in patches that are merged into
 * one, and in lists of operations (RFC 6902). Everything else stays as it is written.
 */
export function withoutSecrets(text: string, mask: (value: string) => string): string {
  if (!mayHoldSecret.test(text)) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, value } of valuesIn(text).toSorted((a, b) => a.from - b.from)) {
    // Within one that is gone already.
    if (from < at) continue;
    parts.push(text.slice(at, from), `"${mask(value)}"`);
    at = from + text.slice(from, to).trimEnd().length;
  }
  return [...parts, text.slice(at)].join("");
}

type Place = { readonly from: number; readonly to: number; readonly value: string };

function valuesIn(text: string): readonly Place[] {
  if (text.length > longest) return linesBelow(text);
  const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: "silent" });
  if (!Array.isArray(documents)) return [];
  // Of a template or a script only the lines can be told apart.
  if (documents.some(({ errors }) => errors.length > 0)) return linesBelow(text);
  const secret = new Set<Pair>();
  for (const document of documents) {
    visit(document, {
      Map(_, map) {
        for (const pair of secretsOf(map)) secret.add(pair);
      },
      Pair: (_, pair) => (secret.has(pair) ? visit.SKIP : undefined),
    });
  }
  return [...secret].flatMap(({ value }) => scalarsIn(value));
}

function secretsOf(map: YAMLMap): readonly Pair[] {
  const isValue = isOperation(map);
  const isSecret = map.get("kind") === "Secret" && map.has("metadata");
  return map.items.filter(({ key }) => {
    const name = isScalar(key) ? textOf(key.value) : "";
    if (isValue && name === "value") return true;
    return secretKeys.has(name) || (isSecret && !besideValues.has(name));
  });
}

// Which object it is for is said elsewhere: of a ConfigMap's `/data` its own change is shown.
function isOperation(map: YAMLMap): boolean {
  const path = map.get("path");
  return map.has("op") && typeof path === "string" && /^\/(data|stringData)(\/|$)/.test(path);
}

function scalarsIn(node: unknown): readonly Place[] {
  if (isMap(node)) return node.items.flatMap(({ value }) => scalarsIn(value));
  if (isSeq(node)) return node.items.flatMap(scalarsIn);
  const [from, to] = (isNode(node) && node.range) || [0, 0];
  return to > from ? [{ from, to, value: isScalar(node) ? textOf(node.value) : "" }] : [];
}

const opening = new RegExp(
  `^\\s*(- )?["']?(data|${[...secretKeys].join("|")})["']?:\\s*([|>][-+0-9]*\\s*)?$`,
);

/** What lines below `data:`, `stringData:` and their like say after their keys. */
function linesBelow(text: string): readonly Place[] {
  const places: Place[] = [];
  let [below, from] = [Infinity, 0];
  for (const line of text.split("\n")) {
    const indent = line.search(/\S/);
    if (indent >= 0 && indent <= below) below = Infinity;
    if (indent > below) {
      const start = /^\s*(["']?[\w.-]+["']?:\s*)?/.exec(line)?.[0].length ?? 0;
      const value = line.slice(start).trimEnd();
      if (value !== "") places.push({ from: from + start, to: from + line.length, value });
    } else if (opening.test(line)) below = indent;
    from += line.length + 1;
  }
  return places;
}
