import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { labelsOf } from "./labels.ts";
import { podTemplateOf } from "./pod-spec.ts";
import { same } from "./values.ts";

type Labels = Readonly<Record<string, unknown>>;

/** The labels of the pods that an object makes; undefined where it makes none. */
export function podLabelsOf(object: KubernetesObject | undefined): Labels | undefined {
  const template = podTemplateOf(object);
  return template === undefined ? undefined : labelsOf(template);
}

/** Whether a label selector, or a plain mapping of labels, takes pods; an empty one takes none here. */
export function selects(selector: unknown, labels: Labels | undefined): boolean {
  if (!isRecord(selector) || labels === undefined) return false;
  const isPlain = !("matchLabels" in selector) && !("matchExpressions" in selector);
  const wanted = isPlain ? selector : selector["matchLabels"];
  const expressions = isPlain ? [] : selector["matchExpressions"];
  const pairs = isRecord(wanted) ? Object.entries(wanted) : [];
  const all = Array.isArray(expressions) ? expressions.filter(isRecord) : [];
  if (pairs.length + all.length === 0) return false;
  return (
    pairs.every(([key, value]) => same(labels[key], value)) &&
    all.every((one) => meets(one, labels))
  );
}

/** The objects whose pods a selector of a namespace takes. */
export function selectedBy(
  objects: readonly KubernetesObject[],
  { selector, namespace }: { readonly selector: unknown; readonly namespace: unknown },
): readonly KubernetesObject[] {
  return objects.filter(
    (one) =>
      (one.metadata.namespace ?? "") === (namespace ?? "") && selects(selector, podLabelsOf(one)),
  );
}

function meets(expression: Readonly<Record<string, unknown>>, labels: Labels): boolean {
  const value = labels[String(expression["key"])];
  const values = Array.isArray(expression["values"]) ? (expression["values"] as unknown[]) : [];
  switch (expression["operator"]) {
    case "In":
      return values.includes(value);
    case "NotIn":
      return !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return true;
  }
}
