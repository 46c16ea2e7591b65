import { deployment, object } from "./manifests.ts";
import { annotatedService, namespace, of, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const gone = (api: string, kind: string, body: object = {}) => [[of(api, kind, body)], []] as const;
const goes = "is removed, and Flux deletes it where it prunes";
const lost = (what: string) => `high removal: ${goes}: ${what}`;
const relied = `medium removal: ${goes}`;
const postgres = spec("postgresql.cnpg.io/v1", "Cluster");
const alerts = (...groups: object[]) => ({ groups });
const limits = (type: string, max: object) => ({ limits: [{ type, max }] });
const operator = lost("its operator may delete the data behind it");
const cloud = lost("its controller deletes what it stands for in the cloud");

describe("what is said of what goes", () => {
  saysOfRisks([
    [
      "a definition",
      gone("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
      lost("all objects of that kind go with it, in every namespace"),
    ],
    ["a namespace", gone("v1", "Namespace"), lost("everything in it goes with it")],
    [
      "a namespace with what protected it",
      [namespace("restricted"), []],
      lost("everything in it goes with it"),
    ],
    [
      "what ran several pods, with all that it said of them",
      gone("apps/v1", "Deployment", {
        spec: {
          ...{ replicas: 3, minReadySeconds: 30, selector: { matchLabels: { a: "b" } } },
          template: {
            metadata: { labels: { a: "b" }, annotations: { "linkerd.io/inject": "enabled" } },
            spec: { hostUsers: false, containers: [{ name: "a", livenessProbe: {} }] },
          },
        },
      }),
      relied,
    ],
    [
      "an entrance, with all that guarded it",
      [
        object("v1", "Service", {
          metadata: {
            ...{ name: "api", namespace: "shop" },
            annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
          },
          spec: { type: "LoadBalancer", ports: [{ port: 80 }], selector: { a: "b" } },
        }),
        [],
      ],
      relied,
    ],
    ["a claim", gone("v1", "PersistentVolumeClaim"), lost("its data may go with it")],
    ...["Delete", "Recycle"].map((persistentVolumeReclaimPolicy) => {
      const sides = gone("v1", "PersistentVolume", { spec: { persistentVolumeReclaimPolicy } });
      return [persistentVolumeReclaimPolicy, sides, lost("its data may go with it")] as const;
    }),
    [
      "a volume that is kept",
      gone("v1", "PersistentVolume", { spec: { persistentVolumeReclaimPolicy: "Retain" } }),
      relied,
    ],
    ["a volume that is kept without a word", gone("v1", "PersistentVolume"), relied],
    [
      "a set with state",
      gone("apps/v1", "StatefulSet"),
      lost("its pods stop; their volumes stay or go by its retention policy"),
    ],
    [
      "an API",
      gone("apiregistration.k8s.io/v1", "APIService"),
      lost("the kinds that it serves are gone"),
    ],
    ...[
      "Database",
      "KafkaTopic",
      "RedisFailover",
      "MongoDBCommunity",
      "Elasticsearch",
      "RabbitmqCluster",
      "Vault",
      "ObjectBucketClaim",
    ].map((kind) => [`a ${kind}`, gone("example.com/v1", kind), operator] as const),
    ...[
      "sql.azure.com/v1",
      "s3.aws.upbound.io/v1",
      "s3.services.k8s.aws/v1",
      "sql.cnrm.cloud.google.com/v1",
      "iam.crossplane.io/v1",
      "infra.contrib.fluxcd.io/v1",
    ].map((api) => [`a thing of ${api}`, gone(api, "Thing"), cloud] as const),
    ...[
      ["kyverno.io/v1", "ClusterPolicy"],
      ["external-secrets.io/v1", "ClusterSecretStore"],
      ["cilium.io/v2", "CiliumClusterwideNetworkPolicy"],
      ["snapshot.storage.k8s.io/v1", "VolumeSnapshotClass"],
      ["secrets.hashicorp.com/v1beta1", "VaultAuth"],
      ["kafka.strimzi.io/v1beta2", "KafkaConnector"],
      ["apiextensions.crossplane.io/v1", "Composition"],
      ["aws.upbound.io/v1beta1", "ProviderConfig"],
    ].map(
      ([api = "", kind = ""]) => [`${kind}, which holds none`, gone(api, kind), relied] as const,
    ),
    ...[
      { "serviceoperator.azure.com/reconcile-policy": "detach-on-delete" },
      { "serviceoperator.azure.com/reconcile-policy": "skip" },
      { "cnrm.cloud.google.com/deletion-policy": "abandon" },
      { "services.k8s.aws/deletion-policy": "retain" },
    ].map((annotations) => {
      const body = { metadata: { name: "api", namespace: "shop", annotations } };
      const what = `what stays in the cloud by ${Object.entries(annotations).join()}`;
      return [what, gone("sql.azure.com/v1", "Server", body), relied] as const;
    }),
    ...[{ deletionPolicy: "Orphan" }, { managementPolicies: ["Observe"] }].map((body) => {
      const what = `what stays in the cloud by ${Object.keys(body).join()}`;
      return [what, gone("s3.aws.upbound.io/v1", "Bucket", { spec: body }), relied] as const;
    }),
    ...[["*"], ["Observe", "Delete"]].map((managementPolicies) => {
      const body = { spec: { managementPolicies } };
      const what = `what goes by ${managementPolicies.join(" and ")}`;
      return [what, gone("s3.aws.upbound.io/v1", "Bucket", body), cloud] as const;
    }),
    ...["Deployment", "DaemonSet", "ReplicaSet"].map(
      (kind) => [`a ${kind}`, gone("apps/v1", kind), relied] as const,
    ),
    ...["Service", "Secret", "Pod", "ResourceQuota", "LimitRange"].map(
      (kind) => [`a ${kind}`, gone("v1", kind), relied] as const,
    ),
    [
      "settings, where not all is here",
      gone("v1", "ConfigMap"),
      `${relied}: what still uses it stops working`,
    ],
    [
      "an account, where not all is here",
      gone("v1", "ServiceAccount"),
      `${relied}: what still uses it stops working`,
    ],
    ["a Job", gone("batch/v1", "Job")],
    ["what a node has of a volume", gone("storage.k8s.io/v1", "VolumeAttachment")],
    ["what only watches", gone("monitoring.coreos.com/v1", "PodMonitor")],
    ["what only shows", gone("grafana.integreatly.org/v1beta1", "GrafanaDashboard")],
    ["anything of a kind that nobody knows", gone("example.com/v1", "Farm"), relied],
    [
      "a release",
      gone("helm.toolkit.fluxcd.io/v2", "HelmRelease"),
      `high removal: ${goes}: Flux uninstalls everything that its chart made`,
    ],
    [
      "a Kustomization",
      gone("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { spec: { prune: true } }),
      `high removal: ${goes}: with it goes everything that it applied`,
    ],
    [
      "a Kustomization that leaves all",
      gone("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { spec: { prune: false } }),
      "medium removal: is removed: what it applied keeps running, without Flux",
    ],
    ["a source", gone("source.toolkit.fluxcd.io/v1", "GitRepository"), relied],
    [
      "who is told of it",
      gone("notification.toolkit.fluxcd.io/v1beta3", "Alert"),
      `${relied}: nobody is told of anything by it any more`,
    ],
    ["who rings it", gone("notification.toolkit.fluxcd.io/v1", "Receiver")],
    [
      "what stays by its own word",
      [[annotatedService({ "kustomize.toolkit.fluxcd.io/prune": "disabled" })], []],
      "medium removal: leaves git but keeps running: its metadata tells Flux not to delete it",
    ],
  ]);
});

describe("what is said of data that an operator keeps", () => {
  const metrics = spec("operator.victoriametrics.com/v1beta1", "VMSingle");
  const rolled = (volumes: object[]) => ({
    template: { spec: { volumes, containers: [{ name: "a", image: "r/a:1.0.0" }] } },
  });
  const claim = { volumeClaimTemplate: { spec: {} } };
  saysOfRisks([
    [
      "kept for fewer days",
      metrics({ retentionPeriod: "30d" }, { retentionPeriod: "1w" }),
      "medium data-loss: keeps data for 1w instead of 30d (spec.retentionPeriod)",
    ],
    [
      "kept for less of the field's own unit",
      metrics({ retentionPeriod: "12" }, { retentionPeriod: "1" }),
      "medium data-loss: keeps data for 1 instead of 12 (spec.retentionPeriod)",
    ],
    [
      "kept for a month, written without its unit",
      metrics({ retentionPeriod: "30d" }, { retentionPeriod: "1" }),
    ],
    [
      "backups kept for months",
      postgres({ backup: { retentionPolicy: "30d" } }, { backup: { retentionPolicy: "2m" } }),
    ],
    [
      "backups kept for fewer months",
      postgres({ backup: { retentionPolicy: "100d" } }, { backup: { retentionPolicy: "2m" } }),
      "medium data-loss: keeps data for 2m instead of 100d (spec.backup.retentionPolicy)",
    ],
    [
      "all that is said of its volume goes",
      spec("monitoring.coreos.com/v1", "Prometheus")(
        { storage: claim, replicas: 2 },
        { replicas: 2 },
      ),
      "high data-loss: no longer keeps its data in a volume (spec.storage.volumeClaimTemplate)",
    ],
    [
      "a volume of its pods goes, which is said once",
      spec("argoproj.io/v1alpha1", "Rollout")(
        rolled([{ name: "d", persistentVolumeClaim: { claimName: "c" } }, { name: "e" }]),
        rolled([{ name: "e" }]),
      ),
      "high data-loss: no longer mounts the claim c: its pods start without that data",
    ],
  ]);
});

describe("what is said of what tells of trouble and helps after it", () => {
  const safe = (text: string) => `medium safeguard: ${text}`;
  const velero = (before: object, after: object) =>
    spec("velero.io/v1", "Schedule")({ template: before }, { template: after });
  const rules = spec("monitoring.coreos.com/v1", "PrometheusRule");
  saysOfRisks([
    [
      "an alert",
      rules(
        alerts({ rules: [{ alert: "a" }, { record: "r" }] }),
        alerts({ rules: [{ record: "r" }] }),
      ),
      safe("loses the alert a"),
    ],
    [
      "a group of alerts",
      rules(
        alerts({ rules: [{ alert: "a" }] }, { rules: [{ alert: "b" }] }),
        alerts({ rules: [{ alert: "b" }] }),
      ),
      safe("loses the alert a"),
    ],
    [
      "an alert that moves",
      rules(
        alerts({ rules: [{ alert: "a" }] }, { rules: [] }),
        alerts({ rules: [] }, { rules: [{ alert: "a" }] }),
      ),
    ],
    [
      "a backup",
      postgres({ backup: { enabled: true } }, { backup: { enabled: false } }),
      safe("is no longer backed up (spec.backup)"),
    ],
    [
      "a backup by a switch",
      spec("acid.zalan.do/v1", "postgresql")(
        { enableLogicalBackup: true },
        { enableLogicalBackup: false },
      ),
      safe("is no longer backed up (spec.enableLogicalBackup)"),
    ],
    [
      "a schedule of backups",
      postgres({ backupSchedule: "0 0 * * *" }, {}),
      safe("is no longer backed up (spec.backupSchedule)"),
    ],
    ["no backup before", postgres({ backup: {} }, {})],
    ["another backup", postgres({ backup: { a: 1 } }, { backup: { a: 2 } })],
    [
      "a namespace's share",
      spec("v1", "ResourceQuota")({ hard: { cpu: "2", pods: 5 } }, { hard: { cpu: "1", pods: 6 } }),
      safe("allows 1 instead of 2 cpu"),
    ],
    [
      "as large a share",
      spec("v1", "ResourceQuota")({ hard: { cpu: "2", a: 1 } }, { hard: { cpu: "2000m" } }),
    ],
    [
      "an alert of two groups that goes from both",
      rules(alerts({ rules: [{ alert: "a" }, { alert: "a" }] }), alerts({ rules: [] })),
      safe("loses the alert a"),
    ],
    ["a backup that is off", postgres({ backup: false, a: 1 }, {})],
    ["a backup that is none", postgres({ backup: null, a: 1 }, {})],
    ["a backup that was off goes", postgres({ backup: { enabled: false } }, {})],
    [
      "a backup that says nothing more",
      postgres({ backup: { a: 1 } }, { backup: {} }),
      safe("is no longer backed up (spec.backup)"),
    ],
    [
      "backups in a list",
      postgres({ backups: ["a"] }, { backups: null }),
      safe("is no longer backed up (spec.backups)"),
    ],
    [
      "a share of who says nothing",
      spec("v1", "LimitRange")(
        { limits: [{ type: "Container", default: { memory: "2Gi" } }] },
        { limits: [{ type: "Container", default: { memory: "1Gi" } }] },
      ),
      safe("allows a Container that says nothing 1Gi instead of 2Gi memory"),
    ],
    [
      "a namespace of Velero's",
      velero({ includedNamespaces: ["a", "b"] }, { includedNamespaces: ["a"] }),
      safe("no longer backs up the namespace b"),
    ],
    [
      "a namespace that Velero leaves out",
      velero({ excludedNamespaces: ["a"] }, { excludedNamespaces: ["a", "b"] }),
      safe("no longer backs up the namespace b"),
    ],
    [
      "some namespaces of all",
      velero({}, { includedNamespaces: ["a", "b"] }),
      safe("backs up a, b alone"),
    ],
    [
      "some namespaces of all, which were written",
      velero({ includedNamespaces: ["*"] }, { includedNamespaces: ["a"] }),
      safe("backs up a alone"),
    ],
    [
      "all namespaces of some",
      velero({ includedNamespaces: ["a"] }, { includedNamespaces: ["*"] }),
    ],
    ["all namespaces without a word", velero({ includedNamespaces: ["a"] }, {})],
    ["a namespace more", velero({ includedNamespaces: ["a"] }, { includedNamespaces: ["a", "b"] })],
    ["a namespace that is no longer left out", velero({ excludedNamespaces: ["a"] }, {})],
    [
      "such lists of another kind",
      spec("example.com/v1", "Schedule")(
        { template: { includedNamespaces: ["a", "b"] } },
        { template: { includedNamespaces: ["a"] } },
      ),
    ],
    [
      "a container's share",
      spec("v1", "LimitRange")(
        limits("Container", { cpu: "2" }),
        limits("Container", { cpu: "1" }),
      ),
      safe("allows a Container 1 instead of 2 cpu"),
    ],
    [
      "another's share",
      spec("v1", "LimitRange")(limits("Pod", { cpu: "2" }), limits("Container", { cpu: "1" })),
    ],
    [
      "half of the requests of a Deployment's pods",
      [
        deployment({ resources: { requests: { memory: "2Gi" } } }),
        deployment({ resources: { requests: { memory: "1Gi" } } }),
      ],
      safe("container api gets half of it or less: requests.memory from 2Gi to 1Gi"),
    ],
  ]);
});
