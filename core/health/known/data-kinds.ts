import type { KnownKind } from "./known-kind.ts";
import { byCondition, condition, withoutStatus } from "./known-kind.ts";

const crossplane = "https://docs.crossplane.io/latest/";
const cnpg = "https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/";
const strimzi = "https://strimzi.io/docs/operators/latest/configuring";
const prometheus = "https://prometheus-operator.dev/docs/api-reference/api/";

const strimziKinds = [
  ...["Kafka", "KafkaTopic", "KafkaUser", "KafkaConnect", "KafkaConnector", "KafkaBridge"],
  ...["KafkaMirrorMaker2"],
].map((kind) => ({
  type: `${kind}.kafka.strimzi.io`,
  failed: condition("NotReady", "True"),
  current: condition("Ready", "True"),
  source: strimzi,
}));

const monitors = [
  ...["Prometheus", "PrometheusAgent", "Alertmanager", "ThanosRuler"].map((kind) => ({
    type: `${kind}.monitoring.coreos.com`,
    failed: condition("Reconciled", "False"),
    current: `${condition("Available", "True")} && ${condition("Reconciled", "True")}`,
    source: prometheus,
  })),
  ...["ServiceMonitor", "PodMonitor", "Probe", "ScrapeConfig", "PrometheusRule"].map((kind) =>
    withoutStatus(`${kind}.monitoring.coreos.com`, prometheus),
  ),
  withoutStatus("AlertmanagerConfig.monitoring.coreos.com", prometheus),
];

const packages = ["Provider", "Configuration", "Function"].map((kind) => ({
  type: `${kind}.pkg.crossplane.io`,
  failed: `${condition("Installed", "False")} || ${condition("Healthy", "False")}`,
  current: `${condition("Installed", "True")} && ${condition("Healthy", "True")}`,
  source: crossplane,
}));

const managed = ["*.*.upbound.io", "*.*.crossplane.io"].flatMap((type): readonly KnownKind[] => [
  {
    type,
    failed: condition("Synced", "False"),
    current: `${condition("Synced", "True")} && ${condition("Ready", "True")}`,
    source: crossplane,
  },
  withoutStatus(type.replace("*", "ProviderConfig"), crossplane),
]);

/** Databases, queues, clouds and what watches them. */
export const dataKinds: readonly KnownKind[] = [
  ...packages,
  ...managed,
  byCondition("CompositeResourceDefinition.apiextensions.crossplane.io", crossplane, "Established"),
  withoutStatus("Composition.apiextensions.crossplane.io", crossplane),
  withoutStatus("DeploymentRuntimeConfig.pkg.crossplane.io", crossplane),
  {
    type: "Cluster.postgresql.cnpg.io",
    current: `has(status.phase) && status.phase == 'Cluster in healthy state' && ${condition("Ready", "True")}`,
    source: cnpg,
  },
  {
    type: "Pooler.postgresql.cnpg.io",
    current: "has(status.instances) && status.instances >= spec.instances",
    source: cnpg,
  },
  {
    type: "Backup.postgresql.cnpg.io",
    failed: "has(status.phase) && status.phase in ['failed', 'walArchivingFailing']",
    current: "has(status.phase) && status.phase == 'completed'",
    source: cnpg,
  },
  {
    type: "Database.postgresql.cnpg.io",
    failed: "has(status.applied) && status.applied == false",
    current: "has(status.applied) && status.applied == true",
    source: cnpg,
  },
  withoutStatus("ScheduledBackup.postgresql.cnpg.io", cnpg),
  ...strimziKinds,
  {
    type: "KafkaNodePool.kafka.strimzi.io",
    current: "has(status.observedGeneration)",
    source: strimzi,
  },
  ...monitors,
  {
    type: "postgresql.acid.zalan.do",
    failed:
      "has(status.PostgresClusterStatus) && status.PostgresClusterStatus in ['CreateFailed', 'UpdateFailed', 'SyncFailed', 'Invalid']",
    current: "has(status.PostgresClusterStatus) && status.PostgresClusterStatus == 'Running'",
    source: "https://postgres-operator.readthedocs.io/en/latest/",
  },
  byCondition(
    "RabbitmqCluster.rabbitmq.com",
    "https://www.rabbitmq.com/kubernetes/operator/using-operator",
    "AllReplicasReady",
  ),
  {
    type: "VolumeSnapshot.snapshot.storage.k8s.io",
    failed: "has(status.error.message)",
    current: "has(status.readyToUse) && status.readyToUse == true",
    source: "https://kubernetes.io/docs/concepts/storage/volume-snapshots/",
  },
  byCondition(
    "*.*.azure.com",
    "https://azure.github.io/azure-service-operator/design/resource-states/",
  ),
  withoutStatus("*.dapr.io", "https://docs.dapr.io/reference/resource-specs/"),
];
