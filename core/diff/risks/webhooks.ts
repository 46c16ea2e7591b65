import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium } from "../risk.ts";
import { same, valueAt } from "../values.ts";

/** Webhooks and admission policies stand in the way of every call that they match. */
export function webhooks({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (after === undefined || identity.group !== "admissionregistration.k8s.io") return [];
  if (!identity.kind.endsWith("WebhookConfiguration")) return policy(before, after);
  const old = new Map(mappings(before?.["webhooks"]).map((one) => [one["name"], one]));
  const now = new Set(mappings(after["webhooks"]).map((one) => one["name"]));
  const gone = [...old.keys()].filter((name) => !now.has(name));
  return [
    ...mappings(after["webhooks"]).flatMap((one) => webhook(old.get(one["name"]), one)),
    ...gone.map((name) => medium(`webhook ${String(name)} goes: nothing checks what it did`)),
  ];
}

const scope = ["rules", "namespaceSelector", "objectSelector", "matchConditions", "matchPolicy"];

function webhook(before: Mapping | undefined, after: Mapping): readonly Finding[] {
  const name = `webhook ${String(after["name"])}`;
  const fails = (one: Mapping) => one["failurePolicy"] !== "Ignore";
  if (before === undefined) {
    return fails(after)
      ? [medium(`${name} is new: calls that it matches fail while it does not answer`)]
      : [];
  }
  const moved = scope.filter((field) => !same(before[field] ?? null, after[field] ?? null));
  const target = ["service", "url"].some(
    (field) =>
      !same(
        valueAt(before, `clientConfig.${field}`) ?? null,
        valueAt(after, `clientConfig.${field}`) ?? null,
      ),
  );
  return [
    ...(fails(after) && !fails(before)
      ? [
          high(
            `${name} now fails every call that it matches while it does not answer (failurePolicy)`,
          ),
        ]
      : []),
    ...(fails(before) && !fails(after)
      ? [medium(`${name} is passed over while it does not answer (failurePolicy Ignore)`)]
      : []),
    ...(moved.length > 0 ? [medium(`${name} matches other calls (${moved.join(", ")})`)] : []),
    ...(target ? [medium(`${name} is answered by another service`)] : []),
  ];
}

// Of validating and mutating policies and their bindings.
const deciding = [
  ...["failurePolicy", "matchConstraints", "matchConditions", "validations", "mutations"],
  ...["variables", "paramKind", "paramRef", "matchResources", "policyName"],
];

function policy(before: Mapping | undefined, after: Mapping): readonly Finding[] {
  if (before === undefined) return [];
  const changed = deciding.filter(
    (field) =>
      !same(valueAt(before, `spec.${field}`) ?? null, valueAt(after, `spec.${field}`) ?? null),
  );
  return changed.length === 0 ? [] : [medium(`admits other objects (${changed.join(", ")})`)];
}
