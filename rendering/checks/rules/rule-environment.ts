import { LRUCache } from "lru-cache";
import { Environment } from "@marcbachmann/cel-js";
import { addAddresses } from "./library/addresses.ts";
import { addLists } from "./library/lists.ts";
import { presentMacro } from "./library/present.ts";
import { addQuantities } from "./library/quantities.ts";
import { addTexts } from "./library/texts.ts";
import { addUrls } from "./library/urls.ts";

export type ReadRule = (context: Record<string, unknown>) => unknown;

const environment = new Environment({
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  // A rule is a few lines; what the library allows by default would take minutes to read.
  limits: { maxAstNodes: 5000, maxDepth: 100 },
});
environment.registerVariable("self", "dyn").registerVariable("oldSelf", "dyn");
environment.registerFunction("present(ast): bool", presentMacro);
for (const add of [addLists, addTexts, addQuantities, addUrls, addAddresses]) add(environment);

/** What a rule with `optionalOldSelf` sees when the object is new. */
export const noOldSelf: unknown = environment.evaluate("optional.none()");

const readDuration = environment.parse("duration(self)") as ReadRule;

/** The value of a text like `1h30m`. @throws Error for other texts. */
export function durationValue(text: string): unknown {
  return readDuration({ self: text });
}

const maxLength = 20_000;
const known = new LRUCache<string, ReadRule>({ max: 1_000 });

/** A rule to evaluate. @throws the library's ParseError. */
export function readRule(rule: string): ReadRule {
  const before = known.get(rule);
  if (before) return before;
  if (rule.length > maxLength) throw new Error(`it has more than ${maxLength} characters`);
  const read = environment.parse(renamed(rule)) as ReadRule;
  known.set(rule, read);
  return read;
}

// Kubernetes' names of what the library calls otherwise, has otherwise (`has` of a list's item,
// Go's patterns), or lets nobody replace.
const otherNames: Readonly<Record<string, string>> = {
  has: "present",
  existsOne: "exists_one",
  matches: "matchesPattern",
  split: "splitText",
  substring: "part",
};
const tokens =
  /[rR][bB]?(?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')|[bB]?(?:"""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\/[^\n]*|[A-Za-z_]\w*(?=\s*\()|[A-Za-z_]\w*|[^]/g;

function renamed(rule: string): string {
  const all = rule.match(tokens) ?? [];
  return all
    .map((token, index) => {
      const other = Object.hasOwn(otherNames, token) ? otherNames[token] : undefined;
      const isCall = /^\s*\(/.test(all.slice(index + 1, index + 3).join(""));
      return other !== undefined && isCall ? other : token;
    })
    .join("");
}
