// What the rules of a role allow (kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go): one of them has
// to allow all that is asked of a call.
import type { Mapping } from "../pod-spec.ts";
import { textsOf } from "../values.ts";

/** Whether each call that one rule allows is allowed by others too. */
export function isAllowed(rules: readonly Mapping[], rule: Mapping): boolean {
  return callsOf(rule).every((call) => rules.some((one) => allows(one, call)));
}

type Call = {
  readonly group: string;
  readonly resource: string;
  readonly url: string;
  readonly verb: string;
  readonly name: string;
};

// Nothing stands for what a rule does not speak of: it fits nothing but the same.
function callsOf(rule: Mapping): readonly Call[] {
  const each = (field: string) => orNone(textsOf(rule[field]));
  return each("verbs").flatMap((verb) =>
    each("apiGroups").flatMap((group) =>
      each("resourceNames").flatMap((name) => [
        ...textsOf(rule["resources"]).map((resource) => ({ group, resource, url: "", verb, name })),
        ...textsOf(rule["nonResourceURLs"]).map((url) => ({
          group,
          resource: "",
          url,
          verb,
          name,
        })),
      ]),
    ),
  );
}

function allows(rule: Mapping, { group, resource, url, verb, name }: Call): boolean {
  if (!includes(textsOf(rule["verbs"]), verb)) return false;
  if (url !== "") {
    return textsOf(rule["nonResourceURLs"]).some(
      (one) => one === url || (one.endsWith("*") && url.startsWith(one.slice(0, -1))),
    );
  }
  const names = textsOf(rule["resourceNames"]);
  return (
    includes(orNone(textsOf(rule["apiGroups"])), group) &&
    textsOf(rule["resources"]).some((one) => takes(one, resource)) &&
    (names.length === 0 || names.includes(name))
  );
}

function includes(all: readonly string[], one: string): boolean {
  return all.includes("*") || all.includes(one);
}

// `*` is everything, `*/exec` that below anything; `pods/*` and `*/*` are no patterns and take nothing else.
function takes(wide: string, resource: string): boolean {
  const [, part] = resource.split("/");
  return wide === "*" || wide === resource || (part !== undefined && wide === `*/${part}`);
}

function orNone(list: readonly string[]): readonly string[] {
  return list.length === 0 ? [""] : list;
}
