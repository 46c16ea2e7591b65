// What Flux' build refuses though it is YAML: its reader (go.yaml.in/yaml, a port of libyaml) is
// stricter than the standard in places. Held against that build by test/kube/yaml-reading.test.ts.
import { isCollection, isMap, isPair, isScalar, Scalar } from "yaml";
import { codePoint } from "./code-point.ts";
import { mayBeNumber, yamlNumber } from "./yaml-number.ts";
import { flowChange, type YamlToken, yamlTokens } from "./yaml-tokens.ts";

export type Refused = { readonly offset: number; readonly message: string };

// Printable characters of YAML 1.1, and the byte order mark.
// eslint-disable-next-line no-control-regex -- it is what is looked for
const control = /[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
// Ends of lines in YAML 1.1, parts of a text in 1.2.
const lineBreak = /[\x85\u2028\u2029]/;
const cannot = "Flux cannot read it";
const suspicious = /\t|^%|\\\/|\\u[dD]|[&*][\w-]*[^\w\s\-,[\]{}]/m;

/** Why the text cannot be read there, whatever its documents say. */
export function refusedText(text: string): Refused | undefined {
  const at = text.search(control);
  if (at >= 0) {
    const message = `${cannot}: the control character ${codePoint(text.slice(at))} stands here`;
    return { offset: at, message };
  }
  const broken = text.search(lineBreak);
  if (broken >= 0) {
    const code = codePoint(text.slice(broken));
    const message = `Flux takes ${code} for the end of a line: write it as ${code.replace("U+", "\\u")} in double quotes`;
    return { offset: broken, message };
  }
  return suspicious.test(text) ? refusedToken(text) : undefined;
}

function refusedToken(text: string): Refused | undefined {
  let depth = 0;
  let isStart = true;
  let isPlain = false;
  for (const token of yamlTokens(text)) {
    const { source, offset, kind } = token;
    depth += flowChange(token);
    if (kind === "document") depth = 0;
    if (/^[ \t]+$/.test(source)) {
      const tab = offset + source.indexOf("\t");
      // After a plain text blanks and tabs may be its own further lines.
      const isOwn = isPlain && text[tab - 1] === " ";
      if (tab >= offset && isStart && depth === 0 && !isOwn) {
        return { offset: tab, message: `${cannot}: a tab stands where only spaces may` };
      }
      continue;
    }
    const message = tokenProblem(token);
    if (message !== undefined) return { offset, message: `${cannot}: ${message}` };
    isStart =
      source === "" || /^\r?\n$/.test(source) || (/^[-?]$/.test(source) && kind === "other");
    if (source !== "" && !/^\r?\n$/.test(source)) isPlain = kind === "scalar";
  }
  return undefined;
}

// JSON may write a character beyond U+FFFF as two of these.
const oddEscape = /\\\/|\\u[dD][89a-fA-F][0-9a-fA-F]{2}/;

function tokenProblem({ source, kind }: YamlToken): string | undefined {
  if (kind === "scalar") return undefined;
  if (source.startsWith('"')) {
    const [odd] = oddEscape.exec(source.replaceAll("\\\\", "  ")) ?? [];
    if (odd === "\\/") return "\\/ is no escape of YAML 1.1: write / alone";
    return odd && `${odd} is half of a character: write the character itself`;
  }
  if (source.startsWith("%")) return `the directive ${source.trim()} stands here: leave it out`;
  const name = /^[&*](.*)$/s.exec(source)?.[1];
  if (name === undefined || /^[\w-]+$/.test(name)) return undefined;
  return `the anchor's name ${name} may hold letters of ASCII, digits, _ and - only`;
}

/** A key that is no text: kustomize cannot write it as JSON. */
export function refusedKey(node: unknown): Refused | undefined {
  if (isPair(node)) return refusedKey(node.key) ?? refusedKey(node.value);
  if (!isCollection(node)) return undefined;
  for (const item of node.items) {
    const key = isMap(node) && isPair(item) ? item.key : undefined;
    const found = (isScalar(key) ? keyProblem(key) : undefined) ?? refusedKey(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

const nothing = /^(?:~|null|Null|NULL|)$/;
const flag = /^(?:true|True|TRUE|false|False|FALSE)$/;
const odd = /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN|\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?)$/;

function keyProblem({ type, source = "", tag, range }: Scalar): Refused | undefined {
  if (type !== Scalar.PLAIN || tag !== undefined) return undefined;
  const isNumber = mayBeNumber.test(source) && yamlNumber(source) !== undefined;
  if (!nothing.test(source) && !flag.test(source) && !odd.test(source) && !isNumber)
    return undefined;
  const message = `${cannot}: the key ${source === "" ? "here is empty" : `${source} is no text`}: put it in quotes`;
  return { offset: range?.[0] ?? 0, message };
}
