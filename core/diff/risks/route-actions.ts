// What a route does with requests beside handing them on: Gateway API's filters, Istio's fields.
import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { textOf, valueAt } from "../values.ts";
import { rulesOf } from "./paired-rules.ts";

const kinds = /^((HTTP|GRPC)Route|VirtualService)$/;

/** Requests that are copied, led elsewhere, or made to fail from now on; in sentences. */
export function newActions({ before, after, identity }: ObjectChange): readonly string[] {
  if (!kinds.test(identity.kind) || before === undefined || after === undefined) return [];
  const had = new Set(rulesOf(before).flatMap(actionsOf));
  return [...new Set(rulesOf(after).flatMap(actionsOf))].filter((one) => !had.has(one));
}

function actionsOf(rule: Mapping): readonly string[] {
  const filters = mappings(rule["filters"]);
  const copies = [
    ...filters.map((one) => valueAt(one, "requestMirror.backendRef.name")),
    valueAt(rule, "mirror.host"),
    ...mappings(rule["mirrors"]).map((one) => valueAt(one, "destination.host")),
  ];
  const redirects = [...filters.map((one) => one["requestRedirect"]), rule["redirect"]];
  return [
    ...texts(copies).map((to) => `copies requests to ${to}`),
    // To TLS alone is none.
    ...texts(redirects.map(otherPlace)).map((to) => `redirects requests to ${to}`),
    ...(rule["fault"] === undefined ? [] : ["makes requests fail or wait (fault)"]),
    ...(rule["directResponse"] === undefined ? [] : ["answers requests itself (directResponse)"]),
  ];
}

function otherPlace(redirect: unknown): unknown {
  const fields = ["hostname", "authority", "uri", "path.replaceFullPath"];
  const prefix = valueAt(redirect, "path.replacePrefixMatch");
  return fields.map((field) => valueAt(redirect, field)).find((one) => one !== undefined) ?? prefix;
}

function texts(values: readonly unknown[]): readonly string[] {
  return values.filter((one) => one !== undefined && one !== null).map(textOf);
}
