import type { KubernetesObject } from "../../core/manifests/identity.ts";

/**
 * The fields that a refusal names, without places in lists: what lies in the cluster has entries of
 * others, such as a Pod's token. None where it speaks of the object as a whole.
 */
export function fieldsOfRefusal(text: string | undefined): readonly string[] {
  const listed = / is invalid: (.*)$/s.exec(text ?? "")?.[1] ?? "";
  const named =
    /(?:^\[?|, )([A-Za-z][^\s,]*): (?:Required|Invalid|Forbidden|Unsupported|Duplicate|Too|Internal|Not found)\b/g;
  return [...listed.matchAll(named)].map(([, field = ""]) => withoutPlaces(field));
}

/** The same of what our side says. */
export function fieldsOf(errors: readonly { readonly field: string }[]): readonly string[] {
  return errors.map(({ field }) => withoutPlaces(field));
}

function withoutPlaces(field: string): string {
  return field.replace(/\[\d+\]/g, "[]");
}

/** Why the two may differ: what only the cluster knows, or is built otherwise in it. */
export function reasonOf(
  theirs: string | undefined,
  of: { readonly base: KubernetesObject; readonly object: object },
): string | undefined {
  const known = reasons.find(([pattern]) => pattern.test(theirs ?? ""));
  if (known) return known[1];
  if (theirs === undefined && of.base.kind === "Node") return "others own fields of a Node too";
  // The module has the version of Kubernetes' own release, this cluster a newer one.
  return isEmptied(of.base, of.object) ? "an emptied mapping, by structured-merge-diff" : undefined;
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/not configured (for dual-stack|on this cluster)/, "a setting of the cluster"],
  [
    /(RuntimeClass|serviceaccount) .* not found|no PriorityClass with name/,
    "admission: what lies there",
  ],
  [/healthCheckNodePort: Forbidden: field is immutable/, "which port was given to it is not known"],
  [/must not be provided in pod spec; priority admission/, "admission: its classes are not known"],
  [/requires the `resource.kubernetes.io\/admin-access: true` label/, "a label of the namespace"],
];

function isEmptied(before: object, after: object): boolean {
  const empties = (object: object) => JSON.stringify(object).split("{}").length;
  return empties(after) > empties(before);
}
