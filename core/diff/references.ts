// What objects name of others, by the fields that do so in Kubernetes' and in widespread kinds.
import { ownEntry } from "../own-entry.ts";
import { identityOf, type KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import type { Mapping } from "./pod-spec.ts";

/** An object that another one names; `namespace` is empty for one of the cluster. */
export type Reference = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
};

/** A field that holds a name → the kind of what it names. */
const named: Readonly<Record<string, string>> = {
  secretName: "Secret",
  serviceAccountName: "ServiceAccount",
  serviceAccount: "ServiceAccount",
  claimName: "PersistentVolumeClaim",
  serviceName: "Service",
  priorityClassName: "PriorityClass",
  runtimeClassName: "RuntimeClass",
  storageClassName: "StorageClass",
  ingressClassName: "IngressClass",
  gatewayClassName: "GatewayClass",
};
/** A field that holds a mapping, or a list of them, with `name` → the kind where none is said. */
const pointing: Readonly<Record<string, string>> = {
  configMapRef: "ConfigMap",
  configMapKeyRef: "ConfigMap",
  configMap: "ConfigMap",
  secretRef: "Secret",
  secretKeyRef: "Secret",
  secret: "Secret",
  imagePullSecrets: "Secret",
  service: "Service",
  backendRefs: "Service",
  scaleTargetRef: "",
  targetRef: "",
  roleRef: "",
  issuerRef: "Issuer",
  secretStoreRef: "SecretStore",
  sourceRef: "",
  chartRef: "",
  valuesFrom: "",
  substituteFrom: "",
  parentRefs: "Gateway",
  subjects: "",
  providerRef: "Provider",
  storeRef: "",
  instanceRef: "",
};
const ofCluster = new Set([
  ...["PriorityClass", "RuntimeClass", "StorageClass", "IngressClass", "GatewayClass"],
  ...["ClusterRole", "ClusterIssuer", "ClusterSecretStore", "Namespace"],
]);

/** Everything that an object names and cannot do without. */
export function referencesOf(object: KubernetesObject): readonly Reference[] {
  const { namespace } = identityOf(object);
  return referencesIn(object, namespace);
}

function referencesIn(value: unknown, namespace: string): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(item, namespace));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, child]): readonly Reference[] => {
    const kind = ownEntry(named, key);
    if (kind !== undefined && typeof child === "string") {
      return value["optional"] === true ? [] : [placed({ kind, namespace, name: child })];
    }
    const own = ownEntry(pointing, key);
    const direct =
      own === undefined
        ? []
        : asList(child).flatMap((one) => referenceOf(one, { kind: own, namespace }));
    return [...direct, ...referencesIn(child, namespace)];
  });
}

function referenceOf(
  one: unknown,
  otherwise: { readonly kind: string; readonly namespace: string },
): readonly Reference[] {
  if (!isRecord(one) || one["optional"] === true) return [];
  const { name, kind = otherwise.kind, namespace = otherwise.namespace } = one as Mapping;
  if (typeof name !== "string" || typeof kind !== "string" || kind === "") return [];
  return [placed({ kind, namespace: String(namespace), name })];
}

function placed(reference: Reference): Reference {
  return ofCluster.has(reference.kind) ? { ...reference, namespace: "" } : reference;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
