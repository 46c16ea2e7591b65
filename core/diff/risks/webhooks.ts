import { type Mapping, mappings } from "../pod-spec.ts";
import { withoutDefaults } from "../defaults.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium } from "../risk.ts";
import { same, valueAt } from "../values.ts";

/** Webhooks and admission policies stand in the way of every call that they match. */
export function webhooks(of: ObjectChange): readonly Finding[] {
  const { identity } = of;
  if (of.after === undefined || identity.group !== "admissionregistration.k8s.io") return [];
  const [before, after] = [of.before, of.after].map((side) => withoutDefaults(side, identity));
  if (!identity.kind.endsWith("WebhookConfiguration")) return policy(before, after);
  const old = new Map(mappings(valueAt(before, "webhooks")).map((one) => [one["name"], one]));
  const now = new Set(mappings(valueAt(after, "webhooks")).map((one) => one["name"]));
  const gone = [...old.keys()].filter((name) => !now.has(name));
  return [
    ...mappings(valueAt(after, "webhooks")).flatMap((one) => webhook(old.get(one["name"]), one)),
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
  const moved = scope.filter((field) => !same(valueAt(before, field), valueAt(after, field)));
  const target = ["service", "url"].some(
    (field) =>
      !same(valueAt(before, `clientConfig.${field}`), valueAt(after, `clientConfig.${field}`)),
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

function policy(before: unknown, after: unknown): readonly Finding[] {
  if (before === undefined) return [];
  const changed = deciding.filter(
    (field) => !same(valueAt(before, `spec.${field}`), valueAt(after, `spec.${field}`)),
  );
  return changed.length === 0 ? [] : [medium(`admits other objects (${changed.join(", ")})`)];
}
