import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";

// How Flux substitutes (fluxcd/pkg/envsubst 1.7, run with each of these): in the text of the whole
// object, scripts included. `$$` is one dollar; a name is letters, digits and `_`, so ${1} is one;
// what it cannot parse (${@}, ${a.b}) fails the build, strict or not. `$x` and `$(x)` stay.
const reference = /\$\$(\{)?|\$\{(#)?([\p{L}\p{Nd}_]*)(:[-=?+]|[:=,^/#%]|\}|)/gu;
const withDefault = new Set([":-", ":=", ":?", ":+", "="]);
const disabledBy = "kustomize.toolkit.fluxcd.io/substitute";
const instead = `name a variable under validate.postBuild, write $$ for $ to keep it, or annotate the object with ${disabledBy}: disabled`;

// Strict since kustomize-controller 1.9, unless its feature gate is switched off.
const valueless = "refuses, or before 2.9 puts nothing in the place of,";

/** What Flux does with a variable that nothing gives a value. */
export function emptiedText(name: string): string {
  return `Flux ${valueless} \${${name}}: give the variable a value under postBuild, or write $$ for $ to keep it`;
}

export type Substitutions = {
  /** What fails Flux's build, or is replaced by nothing. */
  readonly errors: readonly string[];
  /** What becomes another text. */
  readonly warnings: readonly string[];
};

/** Whether Flux leaves an object as it is though its Kustomization substitutes variables. */
export function isLeftAlone({ metadata }: KubernetesObject): boolean {
  return [metadata["labels"], metadata["annotations"]].some(
    (each) => isRecord(each) && each[disabledBy] === "disabled",
  );
}

/**
 * What Flux's substitution does to an object besides filling in the variables that are declared;
 * nothing where none is, for then it does not substitute.
 */
export function substitutionsIn(
  object: KubernetesObject,
  declared: readonly string[],
): Substitutions {
  const errors = new Set<string>();
  const warnings = new Set<string>();
  if (declared.length > 0 && !isLeftAlone(object)) visit(object, "");
  return { errors: [...errors], warnings: [...warnings] };

  function visit(value: unknown, path: string): void {
    if (typeof value === "string") find(value, path);
    else if (Array.isArray(value)) value.forEach((item, at) => visit(item, `${path}[${at}]`));
    else if (isRecord(value)) {
      for (const [key, child] of Object.entries(value)) {
        const inner = path === "" ? key : `${path}.${key}`;
        find(key, inner);
        visit(child, inner);
      }
    }
  }

  function find(text: string, path: string): void {
    if (!text.includes("$")) return;
    const gone = new Set<string>();
    const changed = new Set<string>();
    const unread = new Set<string>();
    for (const match of text.matchAll(reference)) {
      const [found, brace, , name = "", operator = ""] = match;
      if (found.startsWith("$$")) {
        if (brace === undefined) changed.add("$$");
        continue;
      }
      const end = text.indexOf("}", match.index);
      const shown = text.slice(match.index, end < 0 ? undefined : end + 1).slice(0, 60);
      if (name === "" || operator === "" || end < 0) unread.add(shown);
      else if (!declared.includes(name)) (withDefault.has(operator) ? changed : gone).add(shown);
    }
    const say = (found: ReadonlySet<string>, into: Set<string>, what: string) => {
      if (found.size > 0) into.add(`${path}: Flux ${what} ${[...found].join(", ")}: ${instead}`);
    };
    say(unread, errors, "fails, for it cannot read");
    say(gone, errors, valueless);
    say(changed, warnings, "replaces");
  }
}
