import { refusals } from "../api-error.ts";
import type { Properties } from "../pull-requests/pull-request.ts";
import type { Route } from "../route.ts";
import { contributeTo, inPullRequest, pullRequestOf } from "./pull-request-call.ts";

// Pull Request Properties - List, Update (REST 7.1): machine data, changed by JSON Patch.
export const pullRequestPropertyRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestProperties",
    id: "48a52185-5b9e-4736-9dc1-bb1e2feac80b",
    template: `${inPullRequest}/properties`,
    minVersion: "4.1",
    methods: {
      GET: (call) => listed(pullRequestOf(call).properties),
      PATCH: (call) => {
        const { properties } = contributeTo(call);
        patch(properties, call.body);
        return listed(properties);
      },
    },
  },
];

function listed(properties: Properties) {
  return { json: { count: properties.size, value: propertiesJson(properties) } };
}

type Operation = {
  readonly op?: string | number;
  readonly path?: string;
  readonly value?: unknown;
};

function patch(properties: Properties, body: unknown): void {
  if (!Array.isArray(body)) throw refusals.argument("A JSON Patch document is a list.");
  for (const { op, path = "", value } of body as readonly Operation[]) {
    const name = path.replace(/^\//, "").replaceAll("~1", "/").replaceAll("~0", "~");
    switch (String(op).toLowerCase()) {
      case "add":
      case "replace":
      case "0":
      case "2":
        properties.set(name, bare(value));
        break;
      case "remove":
      case "1":
        properties.delete(name);
        break;
      default:
        throw refusals.argument(`The operation ${String(op)} is not supported here.`);
    }
  }
}

/** Values with their types, as the service keeps them: `{"$type": "System.String", "$value": …}`. */
export function propertiesJson(properties: Properties) {
  return Object.fromEntries(
    [...properties].map(([name, value]) => [name, { $type: typeOf(value), $value: value }]),
  );
}

/** Properties from a body, where each may stand bare or with its type. */
export function readProperties(body: unknown): Properties {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return new Map(entries.map(([name, value]) => [name, bare(value)]));
}

function bare(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { $value, value: other } = value as { $value?: unknown; value?: unknown };
  return $value ?? other ?? JSON.stringify(value);
}

function typeOf(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? "System.Int32" : "System.Double";
    case "boolean":
      return "System.Boolean";
    default:
      return "System.String";
  }
}
