// Several fields at once, made by chance from what the API itself tells of them.
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { schemasFor, type OpenApi, type Schema } from "./field-edits.ts";

type Node = Record<string, unknown>;
type Place = { readonly parent: Node; readonly key: string; readonly schema: Schema };
type Chance = {
  readonly random: () => number;
  readonly resolve: (schema: Schema) => Schema;
};

/** Deeper than this nobody writes by hand, and a generated tree would grow for ever. */
const deepest = 4;

/** One object with one to three changes: fields that it lacks, doubled entries, other values, typing errors. */
export function chanceEdit(
  object: KubernetesObject,
  { random, api }: { readonly random: () => number; readonly api: OpenApi },
): { readonly says: string; readonly object: KubernetesObject } {
  const { own, resolve } = schemasFor(object, api);
  const chance = { random, resolve };
  const copy = structuredClone(object) as unknown as Node;
  const said: string[] = [];
  const count = 1 + Math.floor(random() * 3);
  for (let step = 0; step < count; step += 1) {
    const places = placesIn(copy, own, resolve);
    const place = pick(places, random);
    if (place !== undefined) said.push(change(place, chance));
  }
  return { says: said.join("; "), object: copy as unknown as KubernetesObject };
}

// What names the object, and what the server writes.
function isFixed(path: string): boolean {
  return (
    ["apiVersion", "kind", "status", "metadata"].includes(path) ||
    /^metadata\.(?!labels|annotations|finalizers)/.test(path)
  );
}

// Fields that are there and fields that may be: those near the root as often as all the deep ones.
function placesIn(
  root: Node,
  own: Schema,
  resolve: Chance["resolve"],
): readonly (Place & { readonly path: string })[] {
  const found: (Place & { readonly path: string })[] = [];
  const walk = (value: Node, schema: Schema, path: string) => {
    const { properties = {}, additionalProperties, items } = resolve(schema);
    const inner = Array.isArray(value) ? items : additionalProperties;
    for (const key of new Set([...Object.keys(value), ...Object.keys(properties)])) {
      const at = path === "" ? key : `${path}.${key}`;
      if (isFixed(at)) continue;
      const next = properties[key] ?? inner ?? {};
      const child = value[key];
      // A field that is there counts more: most that are not make an object wrong.
      for (let weight = child === undefined ? 1 : 3; weight > 0; weight -= 1) {
        found.push({ parent: value, key, schema: next, path: at });
      }
      if (typeof child === "object" && child !== null) walk(child as Node, next, at);
    }
  };
  walk(root, own, "");
  return found;
}

function change(
  { parent, key, schema, path }: Place & { readonly path: string },
  of: Chance,
): string {
  const { random, resolve } = of;
  const value = parent[key];
  const way = random();
  const write = (next: unknown) => {
    parent[key] = next;
    return `${path} = ${JSON.stringify(next)?.slice(0, 120)}`;
  };
  if (value === undefined) return write(made(schema, { ...of, field: key, depth: deepest }));
  if (way < 0.12) {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
    return `${path} gone`;
  }
  if (Array.isArray(value) && value.length > 0 && way < 0.5) {
    const twice = structuredClone(pick(value, random) as unknown);
    value.push(twice);
    return `${path} has an entry twice`;
  }
  if (Array.isArray(value) && way < 0.8) {
    const { items = {} } = resolve(schema);
    const next = made(items, { ...of, field: key, depth: deepest });
    value.push(next);
    return `${path} + ${JSON.stringify(next)?.slice(0, 120)}`;
  }
  if (way < 0.18) return write(pick(["", null, 7, true, [], {}, "A b", "x".repeat(70)], random));
  if (way < 0.21 && typeof value === "object" && value !== null && !Array.isArray(value)) {
    (value as Node)["unknownField"] = "x";
    return `${path} has an unknown field`;
  }
  return write(made(schema, { ...of, field: key, depth: deepest }));
}

type Wanted = Chance & { readonly field: string; readonly depth: number };

/** A value that the schema takes, mostly one that makes sense. */
function made(schema: Schema, of: Wanted): unknown {
  const { random, resolve, field, depth } = of;
  const whole = { ...resolve(schema), ...schema };
  const { type, enum: words, properties, required = [] } = whole;
  const { items, additionalProperties, format } = whole;
  const inner = (each: Schema, name: string) =>
    made(each, { ...of, field: name, depth: depth - 1 });
  if (words !== undefined) return pick(words, random);
  if (format === "int-or-string") return pick([1, 80, 0, "http", "25%", "150%", -1], random);
  if (format === "quantity" || quantityFields.has(field)) return pick(quantities, random);
  switch (type ?? (properties ? "object" : "string")) {
    case "boolean":
      return random() < 0.5;
    case "integer":
    case "number":
      return pick([0, 1, 2, 5, 30, 80, 420, 1000, 65_535, 65_536, -1, 2 ** 31, 100], random);
    case "array":
      if (depth <= 0) return [];
      return Array.from({ length: Math.floor(random() * 3) }, () => inner(items ?? {}, field));
    case "object": {
      if (depth <= 0) return {};
      if (additionalProperties !== undefined) {
        return { [String(pick(texts, random))]: inner(additionalProperties, field) };
      }
      const chosen = Object.entries(properties ?? {}).filter(
        ([name]) =>
          random() <
          (required.includes(name) ? 0.95 : 2 / (2 + Object.keys(properties ?? {}).length)),
      );
      return Object.fromEntries(chosen.map(([name, each]) => [name, inner(each, name)]));
    }
    default:
      return pick([...(textsOf[field] ?? []), ...texts], random);
  }
}

function pick<T>(from: readonly T[], random: () => number): T | undefined {
  return from[Math.floor(random() * from.length)];
}

const quantityFields = new Set(["limits", "requests", "capacity", "hard", "min", "max", "storage"]);
const quantities = ["1", "100m", "1Gi", "0", "-1", "1.5", 2, "1e3", "1 Gi", "64Mi"];
const texts = ["a", "a", "b", "app", "a.b.io", "a.b.io/c", "A", "x_y", "", "http", "1", "*", "/a"];
const textsOf: Readonly<Record<string, readonly string[]>> = {
  ...{ apiVersion: ["v1", "apps/v1"], kind: ["ConfigMap", "Deployment", "ServiceAccount"] },
  ...{ operator: ["In", "Exists", "DoesNotExist", "NotIn", "Gt", "Equal"], effect: ["NoSchedule"] },
  ...{ protocol: ["TCP", "UDP", "SCTP"], scheme: ["HTTP", "HTTPS"], mountPath: ["/a", "/b", "b"] },
  ...{ cidr: ["10.0.0.0/8", "10.0.0.1/8", "::/0"], ip: ["10.0.0.1", "::1", "a"] },
  ...{
    interval: ["1m", "1", "5m30s"],
    timeout: ["1m"],
    url: ["https://a.b/c", "oci://a.b/c", "ssh://git@a.b/c", "a"],
    schedule: ["* * * * *", "@daily", "0 0 31 2 *", "CRON_TZ=UTC * * * * *"],
  },
  ...{ topologyKey: ["kubernetes.io/hostname"], resource: ["limits.cpu", "pods"] },
  ...{ fieldPath: ["metadata.name", "status.podIP", "metadata.labels['a']", "spec"] },
  ...{ image: ["a", "a:1", " a", ""], path: ["/", "a", "../a", "/a/../b"], verbs: ["get", "*"] },
  ...{
    apiGroups: ["", "apps", "*"],
    resources: ["pods", "*", "pods/*"],
    nonResourceURLs: ["/a", "*"],
  },
  ...{
    host: ["a.b", "*.a.b", "A.b", "1.2.3.4"],
    provisioner: ["a.b/c", ""],
    timeZone: ["UTC", "Mars"],
  },
  ...{
    expression: ["true", "object.metadata.name == 'a'", "1 +", "object.x.y"],
    name: ["a", "b", "http"],
  },
  ...{ metadata: [], namespace: ["default", "a"], serviceName: ["a"], volumeName: ["a"] },
};
