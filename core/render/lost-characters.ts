import { codePoint } from "../manifests/code-point.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";

// Checked with kubectl kustomize 1.36: it writes an object anew as YAML before it reads it.
const refused =
  /[\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

type LostCharacters = {
  /** Fields with a character that Flux's build refuses, the whole build with it. */
  readonly refused: readonly string[];
  /** Fields whose text its build changes. */
  readonly changed: readonly string[];
};

/** Characters of texts that do not come through Flux's build (kustomize), as a person reads of them. */
export function lostCharacters(object: KubernetesObject): LostCharacters {
  const found = { refused: [] as string[], changed: [] as string[] };
  visit(object, "");
  return found;

  function visit(value: unknown, path: string): void {
    if (typeof value === "string") {
      const match = refused.exec(value)?.[0];
      if (match !== undefined) {
        found.refused.push(`${path} holds ${codePoint(match)}, which Flux's build refuses`);
      } else if (value.includes("\u0085")) {
        found.changed.push(`${path} holds U+0085, of which Flux's build makes a space`);
      }
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => visit(item, `${path}[${index}]`));
    } else if (isRecord(value)) {
      for (const [key, child] of Object.entries(value)) {
        const odd = refused.exec(key)?.[0] ?? /\x85/.exec(key)?.[0];
        const has = odd === undefined ? "" : `a key with ${codePoint(odd)}`;
        if (has !== "") found.refused.push(`${path} has ${has}, which Flux's build refuses`);
        if (key === "<<") found.refused.push(`${path} has a key <<, which Flux's build drops`);
        visit(child, path === "" ? key : `${path}.${key}`);
      }
    }
  }
}
