import { type Mapping, mappings } from "../pod-spec.ts";
import { isRecord } from "../../manifests/parse.ts";
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
// What the API server takes where nothing is written, of webhooks, policies and their bindings.
const selecting = { namespaceSelector: {}, objectSelector: {}, matchPolicy: "Equivalent" };
const unwritten: Mapping = { ...selecting, matchConditions: [], failurePolicy: "Fail" };

function written(of: unknown, field: string): unknown {
  const value = valueAt(of, field) ?? unwritten[field] ?? null;
  const isRule = field === "rules" || field === "resourceRules" || field === "excludeResourceRules";
  if (isRule && Array.isArray(value)) {
    return value.map((one: unknown) => (isRecord(one) ? { scope: "*", ...one } : one));
  }
  if (field === "service") return isRecord(value) ? { port: 443, ...value } : value;
  if (field !== "matchConstraints" && field !== "matchResources") return value;
  if (!isRecord(value)) return value;
  const fields = Object.keys({ ...selecting, ...value });
  return Object.fromEntries(fields.map((each) => [each, written(value, each)]));
}

function webhook(before: Mapping | undefined, after: Mapping): readonly Finding[] {
  const name = `webhook ${String(after["name"])}`;
  const fails = (one: Mapping) => one["failurePolicy"] !== "Ignore";
  if (before === undefined) {
    return fails(after)
      ? [medium(`${name} is new: calls that it matches fail while it does not answer`)]
      : [];
  }
  const moved = scope.filter((field) => !same(written(before, field), written(after, field)));
  const target = ["service", "url"].some(
    (field) => !same(written(before["clientConfig"], field), written(after["clientConfig"], field)),
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
    (field) => !same(written(before["spec"], field), written(after["spec"], field)),
  );
  return changed.length === 0 ? [] : [medium(`admits other objects (${changed.join(", ")})`)];
}
