import type { App, CheckName, Validation } from "../delivery/delivery.ts";
import type { Problem } from "../errors.ts";
import type { Matches } from "../manifests/check-scalar.ts";
import { checkSchema } from "../manifests/check-schema.ts";
import { identityKey, identityOf } from "../manifests/identity.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { joinedSchemas, schemasOfCrds, typeKey } from "../manifests/object-schemas.ts";
import type { SchemaBundle } from "../manifests/object-schemas.ts";
import { scopeFinder } from "../manifests/scope.ts";
import { joinedFindings } from "./joined-findings.ts";
import { placeholdersIn } from "./placeholders.ts";
import { secretsIn } from "./secrets.ts";

/** One thing that a check found. */
export type Finding = Problem & {
  readonly check: CheckName;
  /** The app whose object it is; absent where it concerns several. */
  readonly app?: string;
  /** An error fails the render. */
  readonly severity: "error" | "warning";
};

export type CheckedObject = {
  readonly app: Pick<App, "name" | "namespace" | "clusterScoped">;
  readonly object: KubernetesObject;
  /** The template it came from. */
  readonly file?: string;
  readonly line?: number;
};

export type Lifecycles = Readonly<
  Record<
    string,
    { readonly deprecated?: number; readonly removed?: number; readonly replacement?: string }
  >
>;

/** What the cluster knows. */
export type Cluster = {
  /** Kubernetes' own kinds and those of CRDs that are installed. */
  readonly schemas: SchemaBundle;
  readonly lifecycles: Lifecycles;
  /** Minor version: 36 for 1.36. */
  readonly minor: number;
  /** In bounded time: the pattern may be a CustomResourceDefinition's of the same render. */
  readonly matches: Matches;
  /** How a person names further CustomResourceDefinitions: `under validate.schemas`. */
  readonly moreSchemas: string;
};

/** Checks all objects of one environment; custom resources also by the CRDs among them. */
export function checkObjects(
  objects: readonly CheckedObject[],
  cluster: Cluster,
  validation: Validation,
): readonly Finding[] {
  const all = objects.map(({ object }) => object);
  const schemas = joinedSchemas(cluster.schemas, schemasOfCrds(all));
  const scopeOf = scopeFinder(all);
  const found = objects.flatMap((checked): readonly Finding[] => {
    const { app, object, file, line } = checked;
    const identity = identityOf(object);
    const name = identityKey(identity);
    const scope = schemas.kinds[typeKey(identity)]?.scope ?? scopeOf(identity);
    const place = { ...(file ? { file } : {}), ...(line === undefined ? {} : { line }) };
    const finding = (check: CheckName, severity: Finding["severity"]) => (message: string) => ({
      ...place,
      app: app.name,
      check,
      severity,
      message: `${name}: ${message}`,
    });
    return [
      ...lifecycle(object, cluster).map(({ severity, message }) =>
        finding("lifecycle", severity)(message),
      ),
      ...schemaProblems(object, { schemas, matches: cluster.matches }).map(
        finding("schema", "error"),
      ),
      ...placeholdersIn(object, validation.postBuild).map(finding("placeholders", "error")),
      ...secretsIn(object).map(finding("secrets", "error")),
      ...scopeSurprises(checked, scope).map(finding("scope", "warning")),
    ];
  });
  const unknown = withoutSchema(objects, schemas, cluster);
  return joinedFindings([...found, ...unknown]).filter(
    ({ check }) => !validation.off.includes(check),
  );
}

function schemaProblems(
  object: KubernetesObject,
  { schemas, matches }: { readonly schemas: SchemaBundle; readonly matches: Matches },
): readonly string[] {
  const kind = schemas.kinds[typeKey(identityOf(object))];
  const schema = kind && schemas.definitions[kind.definition];
  // SOPS puts a key of its own there, and Flux takes it away before applying.
  const applied = Object.fromEntries(Object.entries(object).filter(([key]) => key !== "sops"));
  const { definitions } = schemas;
  return schema ? checkSchema(applied, schema, { definitions, matches }) : [];
}

// Said once for each type: an unknown kind must not look valid.
function withoutSchema(
  objects: readonly CheckedObject[],
  schemas: SchemaBundle,
  { lifecycles, moreSchemas }: Cluster,
): readonly Finding[] {
  const types = new Map<string, number>();
  for (const { object } of objects) {
    const key = typeKey(identityOf(object));
    const isGone = lifecycles[key]?.removed !== undefined;
    if (!schemas.kinds[key] && !isGone) types.set(key, (types.get(key) ?? 0) + 1);
  }
  return [...types].map(([key, count]) => ({
    check: "schema",
    severity: "warning",
    message: `no schema for ${key}: ${count === 1 ? "1 object was" : `${count} objects were`} not checked. Name a folder with its CustomResourceDefinition ${moreSchemas}`,
  }));
}

function lifecycle(
  object: KubernetesObject,
  { lifecycles, minor }: Cluster,
): readonly Pick<Finding, "severity" | "message">[] {
  const entry = lifecycles[`${object.apiVersion}/${object.kind}`];
  if (!entry) return [];
  const { deprecated, removed, replacement } = entry;
  const instead = replacement ? `: use ${replacement}` : "";
  const type = `${object.apiVersion} ${object.kind}`;
  if (removed !== undefined && removed <= minor) {
    const message = `${type} was removed in Kubernetes 1.${removed}, the cluster has 1.${minor}${instead}`;
    return [{ severity: "error", message }];
  }
  if (deprecated === undefined || deprecated > minor) return [];
  const end = removed === undefined ? "" : ` and goes in 1.${removed}`;
  return [
    { severity: "warning", message: `${type} is deprecated since 1.${deprecated}${end}${instead}` },
  ];
}

function scopeSurprises(
  { app, object }: CheckedObject,
  scope: "cluster" | "namespace",
): readonly string[] {
  const { namespace } = identityOf(object);
  if (app.namespace === undefined) return [];
  if (scope === "cluster") {
    if (namespace !== "") return [`it is cluster-scoped and must not name a namespace`];
    return app.clusterScoped.includes(object.kind)
      ? []
      : [
          `it lives in the whole cluster, outside of the app; name the kind under clusterScoped if that is meant`,
        ];
  }
  return namespace === app.namespace || namespace === ""
    ? []
    : [`it is in namespace ${namespace}, the app's is ${app.namespace}`];
}
