import { annotationsOf } from "../labels.ts";
import { valueAt } from "../values.ts";
import { isMaker, madeLoss } from "./makers.ts";
import { isFlux, isKnownType, type ObjectType, typeName } from "../object-type.ts";

// Kinds whose removal takes data, or everything below them, along; each with what goes.
const losses: Readonly<Record<string, string>> = {
  "CustomResourceDefinition.apiextensions.k8s.io":
    "all objects of that kind go with it, in every namespace",
  Namespace: "everything in it goes with it",
  PersistentVolumeClaim: "its data may go with it",
  "StatefulSet.apps": "its pods stop; their volumes stay or go by its retention policy",
  "APIService.apiregistration.k8s.io": "the kinds that it serves are gone",
};

// Behind these names of kinds stands something with a state of its own.
const withData =
  /database|cluster|postgres|mysql|maria|mongo|redis|valkey|kafka|elastic|opensearch|cassandra|scylla|rabbit|nats|clickhouse|influx|etcd|vault|tenant|bucket|storage|volume|snapshot|backup|topic|queue|keyspace|keycloak|gitea|minio|ceph|longhorn|dragonfly|neo4j|couch|cockroach|yugabyte|tidb|solr|lokistack|tempostack|weaviate|milvus|virtualmachine|^vm(single|cluster)$|^prometheus$|^stream$/i;
// Those that only say something of it, or stand for the whole cluster: of Kyverno, Velero, Strimzi, …
const withoutData = /(Class|Policy|Auth|Connection|Connector|Bridge|Template)$/;
const ofCluster = /^Cluster(?=[A-Z])|Clusterwide/;
// What machines of a cluster stand behind: Cluster API, Karpenter.
const machines = /^((bootstrap|controlplane|infrastructure)\.)?cluster\.x-k8s\.io$|^karpenter\./;
// Groups whose objects are resources of a cloud.
const clouds =
  /(\.azure\.com|\.crossplane\.io|\.upbound\.io|\.services\.k8s\.aws|\.cnrm\.cloud\.google\.com|\.terraform\.io|infra\.contrib\.fluxcd\.io)$/;

// How Crossplane itself works, and with whose rights.
const ofCrossplane = /^(pkg|apiextensions|ops|protection)\.crossplane\.io$/;

function isOfCloud({ group, kind }: ObjectType): boolean {
  return clouds.test(group) && !ofCrossplane.test(group) && !kind.includes("ProviderConfig");
}

/** Annotations that tell a controller to leave in the cloud what it made there. */
const leaving: Readonly<Record<string, RegExp>> = {
  "serviceoperator.azure.com/reconcile-policy": /^(detach-on-delete|skip)$/,
  "cnrm.cloud.google.com/deletion-policy": /^abandon$/,
  "services.k8s.aws/deletion-policy": /^retain$/,
};

function staysInCloud(object: unknown): boolean {
  const annotations = annotationsOf(object);
  const policies = valueAt(object, "spec.managementPolicies");
  return (
    Object.entries(leaving).some(([name, form]) => form.test(String(annotations[name]))) ||
    valueAt(object, "spec.deletionPolicy") === "Orphan" ||
    (Array.isArray(policies) && !policies.includes("*") && !policies.includes("Delete"))
  );
}

/** What is lost when an object is deleted; undefined for what holds nothing. */
export function lossOf(type: ObjectType, object: unknown): string | undefined {
  const name = typeName(type);
  if (name === "PersistentVolume") {
    const policy = valueAt(object, "spec.persistentVolumeReclaimPolicy");
    // Without a word its data stays (kubernetes/pkg/apis/core/v1/defaults.go).
    return policy === "Delete" || policy === "Recycle" ? "its data may go with it" : undefined;
  }
  if (Object.hasOwn(losses, name)) return losses[name];
  if (isKnownType(type) || isFlux(type)) return undefined;
  if (isMaker(type)) return madeLoss(type, object);
  if (isOfCloud(type)) {
    const text = "its controller deletes what it stands for in the cloud";
    return staysInCloud(object) ? undefined : text;
  }
  if (machines.test(type.group)) return "the machines behind it may go with it";
  return namesData(type.kind) ? "its operator may delete the data behind it" : undefined;
}

function namesData(kind: string): boolean {
  return withData.test(kind.replace(ofCluster, "")) && !withoutData.test(kind);
}

/** Whether data stands behind a custom resource, by its name or in a cloud. */
export function standsForData(type: ObjectType): boolean {
  return !isFlux(type) && (isOfCloud(type) || namesData(type.kind));
}

// Others notice when these go.
const relied = new Set([
  ...[
    "Deployment",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    "CronJob",
    "Service",
    "Pod",
  ],
  ...["Ingress", "Secret", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy"],
  ...["PersistentVolume", "PriorityClass", "StorageClass", "IngressClass", "RuntimeClass"],
  ...["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "ResourceQuota", "LimitRange"],
  ...["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "CSIDriver"],
  ...["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
  ...["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"],
]);
// Custom resources that only watch or show.
const harmless = new Set([
  ...["ServiceMonitor", "PodMonitor", "Probe", "ScrapeConfig", "GrafanaDashboard", "GrafanaFolder"],
  ...["VMServiceScrape", "VMPodScrape", "VMNodeScrape", "ConsoleLink", "ConsoleNotification"],
]);

/** Whether the removal of an object is worth a second look, though nothing is lost with it. */
export function isRelied(type: ObjectType): boolean {
  if (isKnownType(type)) return relied.has(type.kind);
  return !harmless.has(type.kind);
}
