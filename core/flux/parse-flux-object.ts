import type { Identity } from "../manifests/identity.ts";
import { splitApiVersion } from "../manifests/identity.ts";
import { readConditions } from "./condition.ts";
import { parseDuration } from "./duration.ts";
import type {
  FluxObject,
  FluxObjectBase,
  FluxReference,
  GitRepository,
  HealthCheckExpression,
  HelmChart,
  HelmRelease,
  KubeConfigReference,
  Kustomization,
} from "./flux-object.ts";
import { readInventory } from "./inventory.ts";
import type { Json } from "./read-json.ts";
import { flagAt, numberAt, objectAt, objectsAt, textAt, textsAt } from "./read-json.ts";
import { suspendedBy } from "./suspended-by.ts";

/**
 * Reads an object of the Kubernetes API as the fields that Fluxgate uses. Missing, unknown and
 * oddly typed fields never throw.
 * @returns undefined for other kinds, and for what has no name.
 */
export function parseFluxObject(json: unknown): FluxObject | undefined {
  const name = textAt(json, "metadata", "name");
  if (name === undefined) return undefined;
  const [group] = splitApiVersion(textAt(json, "apiVersion") ?? "");
  const base = parseBase(json, name);
  switch (`${textAt(json, "kind")}.${group}`) {
    case "GitRepository.source.toolkit.fluxcd.io":
      return gitRepository(json, base);
    case "Kustomization.kustomize.toolkit.fluxcd.io":
      return kustomization(json, base);
    case "HelmRelease.helm.toolkit.fluxcd.io":
      return helmRelease(json, base);
    case "HelmChart.source.toolkit.fluxcd.io":
      return helmChart(json, base);
    default:
      return undefined;
  }
}

function parseBase(json: unknown, name: string): FluxObjectBase {
  return {
    name,
    namespace: textAt(json, "metadata", "namespace") ?? "",
    labels: textsAt(json, "metadata", "labels"),
    annotations: textsAt(json, "metadata", "annotations"),
    generation: numberAt(json, "metadata", "generation") ?? 0,
    deleting: textAt(json, "metadata", "deletionTimestamp") !== undefined,
    suspended: flagAt(json, "spec", "suspend"),
    observedGeneration: numberAt(json, "status", "observedGeneration") ?? 0,
    conditions: readConditions(json),
    ...present({
      uid: textAt(json, "metadata", "uid"),
      interval: parseDuration(textAt(json, "spec", "interval")),
      suspendedBy: suspendedBy(json),
      lastHandledReconcileAt: textAt(json, "status", "lastHandledReconcileAt"),
    }),
  };
}

function gitRepository(json: unknown, base: FluxObjectBase): GitRepository {
  const ref = objectAt(json, "spec", "ref");
  return {
    ...base,
    kind: "GitRepository",
    url: textAt(json, "spec", "url") ?? "",
    ref: present({
      branch: textAt(ref, "branch"),
      tag: textAt(ref, "tag"),
      semver: textAt(ref, "semver"),
      name: textAt(ref, "name"),
      commit: textAt(ref, "commit"),
    }),
    ...present({
      artifactRevision: textAt(json, "status", "artifact", "revision"),
      artifactStoredAt: textAt(json, "status", "artifact", "lastUpdateTime"),
    }),
  };
}

function kustomization(json: unknown, base: FluxObjectBase): Kustomization {
  const spec = objectAt(json, "spec");
  const status = objectAt(json, "status");
  return {
    ...base,
    kind: "Kustomization",
    path: folder(textAt(spec, "path") ?? ""),
    source: reference(objectAt(spec, "sourceRef"), base.namespace),
    namePrefix: textAt(spec, "namePrefix") ?? "",
    nameSuffix: textAt(spec, "nameSuffix") ?? "",
    wait: flagAt(spec, "wait"),
    healthChecks: objectsAt(spec, "healthChecks").map(healthCheck),
    prune: flagAt(spec, "prune"),
    substituteFrom: references(objectsAt(spec, "postBuild", "substituteFrom"), base),
    substitutes: Object.keys(objectAt(spec, "postBuild")).length > 0,
    dependsOn: references(objectsAt(spec, "dependsOn"), base, "Kustomization"),
    healthCheckExprs: objectsAt(spec, "healthCheckExprs").map(healthCheckExpression),
    inventory: readInventory(json),
    ...present({
      kubeConfig: kubeConfig(spec, base),
      targetNamespace: textAt(spec, "targetNamespace"),
      lastAppliedRevision: textAt(status, "lastAppliedRevision"),
      lastAppliedOriginRevision: textAt(status, "lastAppliedOriginRevision"),
      lastAttemptedRevision: textAt(status, "lastAttemptedRevision"),
    }),
  };
}

function helmRelease(json: unknown, base: FluxObjectBase): HelmRelease {
  const spec = objectAt(json, "spec");
  const status = objectAt(json, "status");
  const chart = textAt(spec, "chart", "spec", "chart");
  const chartRef = objectAt(spec, "chartRef");
  return {
    ...base,
    kind: "HelmRelease",
    valuesFrom: references(objectsAt(spec, "valuesFrom"), base),
    dependsOn: references(objectsAt(spec, "dependsOn"), base, "HelmRelease"),
    disableWait: ["install", "upgrade"].some((action) => flagAt(spec, action, "disableWait")),
    healthCheckExprs: objectsAt(spec, "healthCheckExprs").map(healthCheckExpression),
    inventory: readInventory(json),
    ...present({
      kubeConfig: kubeConfig(spec, base),
      chart:
        chart === undefined
          ? undefined
          : {
              chart: folder(chart),
              source: reference(objectAt(spec, "chart", "spec", "sourceRef"), base.namespace),
            },
      chartRef:
        textAt(chartRef, "name") === undefined ? undefined : reference(chartRef, base.namespace),
      helmChart: textAt(status, "helmChart"),
      lastAttemptedRevision: textAt(status, "lastAttemptedRevision"),
      lastAttemptedConfigDigest: textAt(status, "lastAttemptedConfigDigest"),
    }),
  };
}

function helmChart(json: unknown, base: FluxObjectBase): HelmChart {
  return {
    ...base,
    kind: "HelmChart",
    chart: folder(textAt(json, "spec", "chart") ?? ""),
    source: reference(objectAt(json, "spec", "sourceRef"), base.namespace),
    ...present({
      artifactRevision: textAt(json, "status", "artifact", "revision"),
      observedSourceArtifactRevision: textAt(json, "status", "observedSourceArtifactRevision"),
    }),
  };
}

function references(
  entries: readonly Json[],
  base: FluxObjectBase,
  kind = "",
): readonly FluxReference[] {
  return entries.map((entry) => reference(entry, base.namespace, kind));
}

function reference(entry: Json, namespace: string, kind = ""): FluxReference {
  return {
    kind: textAt(entry, "kind") ?? kind,
    namespace: textAt(entry, "namespace") ?? namespace,
    name: textAt(entry, "name") ?? "",
  };
}

function healthCheck(entry: Json): Identity {
  const [group, version] = splitApiVersion(textAt(entry, "apiVersion") ?? "");
  return {
    group,
    version,
    kind: textAt(entry, "kind") ?? "",
    namespace: textAt(entry, "namespace") ?? "",
    name: textAt(entry, "name") ?? "",
  };
}

function healthCheckExpression(entry: Json): HealthCheckExpression {
  const [group] = splitApiVersion(textAt(entry, "apiVersion") ?? "");
  return {
    group,
    kind: textAt(entry, "kind") ?? "",
    ...present({
      current: textAt(entry, "current"),
      inProgress: textAt(entry, "inProgress"),
      failed: textAt(entry, "failed"),
    }),
  };
}

// Of another form it leads somewhere else all the same.
function kubeConfig(spec: Json, { namespace }: FluxObjectBase): KubeConfigReference | undefined {
  if (typeof spec["kubeConfig"] !== "object" || spec["kubeConfig"] === null) return undefined;
  const name =
    textAt(spec, "kubeConfig", "secretRef", "name") ??
    textAt(spec, "kubeConfig", "configMapRef", "name");
  return { namespace, name: name ?? "?" };
}

function folder(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
