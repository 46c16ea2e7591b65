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
// What machines of a cluster stand behind: Cluster API, Karpenter.
const machines = /^((bootstrap|controlplane|infrastructure)\.)?cluster\.x-k8s\.io$|^karpenter\./;
// Groups whose objects are resources of a cloud.
const clouds =
  /(\.azure\.com|\.crossplane\.io|\.upbound\.io|\.services\.k8s\.aws|\.cnrm\.cloud\.google\.com|\.terraform\.io|infra\.contrib\.fluxcd\.io)$/;

/** What is lost when an object is deleted; undefined for what holds nothing. */
export function lossOf(type: ObjectType, object: unknown): string | undefined {
  const name = typeName(type);
  if (name === "PersistentVolume") {
    const policy = valueAt(object, "spec.persistentVolumeReclaimPolicy");
    return policy === "Retain" ? undefined : "its data may go with it";
  }
  if (Object.hasOwn(losses, name)) return losses[name];
  if (isKnownType(type) || isFlux(type)) return undefined;
  if (isMaker(type)) return madeLoss(type, object);
  if (clouds.test(type.group)) return "its controller deletes what it stands for in the cloud";
  if (machines.test(type.group)) return "the machines behind it may go with it";
  return withData.test(type.kind) ? "its operator may delete the data behind it" : undefined;
}

/** Whether data stands behind a custom resource, by its name or in a cloud. */
export function standsForData(type: ObjectType): boolean {
  if (isKnownType(type) || isFlux(type)) return false;
  return clouds.test(type.group) || withData.test(type.kind);
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
]);
// Custom resources that only watch or show.
const harmless = new Set([
  ...["ServiceMonitor", "PodMonitor", "Probe", "ScrapeConfig", "GrafanaDashboard", "GrafanaFolder"],
  ...["VMServiceScrape", "VMPodScrape", "VMNodeScrape", "ConsoleLink", "ConsoleNotification"],
]);

/** Whether the removal of an object is worth a second look, though nothing is lost with it. */
export function isRelied(type: ObjectType): boolean {
  if (isKnownType(type)) return relied.has(type.kind);
  if (type.group === "notification.toolkit.fluxcd.io") return false;
  return !harmless.has(type.kind);
}
