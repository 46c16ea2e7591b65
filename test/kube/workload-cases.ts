import {
  podSpec,
  template,
  job,
  selected,
  object,
  cluster,
  type ServerCase,
} from "./server-case.ts";

/** See server-cases.ts. */
export const workloadCases: readonly ServerCase[] = [
  {
    valid: object("v1", "Pod", `spec: ${podSpec}`),
    unfit: [
      { "spec.volumes": [{ name: "v" }, { name: "v", emptyDir: {} }] },
      { "spec.unknown": 1 },
    ],
    wrong: [
      { "spec.containers.0.name": "A" },
      { "spec.containers.0.image": null },
      { "spec.containers.0.resources": { requests: { cpu: "2" }, limits: { cpu: "1" } } },
      { "spec.containers.0.volumeMounts": [{ name: "v", mountPath: "/v" }] },
      { "spec.restartPolicy": "Sometimes" },
      { "spec.dnsPolicy": "None" },
      { "spec.hostNetwork": true, "spec.containers.0.ports.0.hostPort": 81 },
      {
        "spec.containers.0.env": [
          { name: "A", value: "a", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
        ],
      },
      { "spec.tolerations": [{ operator: "Exists", value: "a" }] },
    ],
    update: [{ "spec.containers.0.name": "b" }, { "spec.nodeSelector": { a: "b" } }],
    fine: [{ "spec.containers.0.image": "b" }],
  },
  {
    valid: object("v1", "ConfigMap", "data: { a: b }"),
    unfit: [{ "data.b": 1 }, { binaryData: { c: "%" } }],
    wrong: [
      { data: { "a/b": "c" } },
      { binaryData: { a: "YQ==" } },
      { "metadata.managedFields": [{ manager: "kubectl", operation: "Apply" }] },
    ],
    fine: [{ "data.a": "c" }],
  },
  {
    valid: object("v1", "ConfigMap", "immutable: true, data: { a: b }"),
    update: [{ "data.a": "c" }, { immutable: false }],
  },
  {
    valid: object("v1", "Secret", "stringData: { password: correct-horse }"),
    unfit: [{ data: { a: "no base64" } }],
    wrong: [
      { type: "kubernetes.io/tls" },
      { type: "kubernetes.io/dockerconfigjson" },
      { data: { "a b": "YQ==" } },
    ],
    update: [{ type: "example.com/other" }],
  },
  {
    valid: object("v1", "Service", "spec: { ports: [{ port: 80 }] }"),
    unfit: [{ "metadata.name": "0a_b" }],
    wrong: [
      { "spec.ports.0.port": 0 },
      { "spec.ports": [{ port: 80 }, { port: 81 }] },
      { "spec.type": "External" },
      { "spec.sessionAffinity": "Client" },
      { "spec.externalTrafficPolicy": "Local" },
      { "spec.clusterIP": "10.0.0.300" },
      { "spec.ports.0.nodePort": 30000 },
      { "spec.type": "ExternalName", "spec.ports": null },
    ],
    fine: [
      { "spec.ports.0.port": 81 },
      { "spec.type": "NodePort" },
      { "spec.type": "LoadBalancer" },
    ],
  },
  {
    valid: object(
      "v1",
      "Service",
      "spec: { clusterIP: None, selector: { app: a }, ports: [{ port: 80 }] }",
    ),
    wrong: [{ "spec.clusterIPs": ["10.0.0.7"] }, { "spec.type": "LoadBalancer" }],
    update: [{ "spec.clusterIP": "10.0.0.7" }],
    fine: [{ "spec.selector.app": "b" }, { "spec.clusterIP": null }],
  },
  {
    valid: object(
      "v1",
      "Service",
      "spec: { type: LoadBalancer, externalTrafficPolicy: Local, ports: [{ port: 80 }] }",
    ),
    wrong: [{ "spec.healthCheckNodePort": 70_000 }],
    fine: [{ "spec.externalTrafficPolicy": "Cluster" }, { "spec.type": "NodePort" }],
  },
  {
    valid: object(
      "v1",
      "Pod",
      "spec: { hostNetwork: true, containers: [{ name: a, image: a, securityContext: { privileged: true } }], volumes: [{ name: t, projected: { sources: [{ serviceAccountToken: { path: t } }] } }] }",
    ),
    update: [{ "spec.serviceAccountName": "a" }],
  },
  {
    valid: object("v1", "ServiceAccount", "automountServiceAccountToken: false"),
    unfit: [{ automountServiceAccountToken: "no" }, { "metadata.name": "a_b" }],
  },
  {
    valid: object(
      "v1",
      "PersistentVolumeClaim",
      "spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }",
    ),
    unfit: [{ "spec.resources.requests.storage": "1 Gi" }],
    wrong: [
      { "spec.accessModes": ["ReadWrite"] },
      { "spec.accessModes": null },
      { "spec.resources": null },
      { "spec.volumeMode": "File" },
    ],
    update: [
      { "spec.accessModes": ["ReadWriteMany"] },
      { "spec.resources.requests.storage": "500Mi" },
    ],
  },
  {
    valid: cluster(
      "v1",
      "PersistentVolume",
      "spec: { accessModes: [ReadWriteOnce], capacity: { storage: 1Gi }, hostPath: { path: /a } }",
    ),
    wrong: [
      { "spec.capacity": null },
      { "spec.hostPath": null },
      { "spec.hostPath.path": "/a/../b" },
      { "spec.persistentVolumeReclaimPolicy": "Keep" },
    ],
    update: [{ "spec.hostPath.path": "/b" }],
  },
  {
    valid: cluster("v1", "Namespace", "spec: {}"),
    unfit: [{ "metadata.name": "a.b" }, { "metadata.labels": { "a b": "c" } }],
    wrong: [
      { "metadata.labels": { "pod-security.kubernetes.io/enforce": "restrictd" } },
      { "metadata.labels": { "pod-security.kubernetes.io/enforce-version": "1.30" } },
      { "metadata.labels": { "pod-security.kubernetes.io/warn": "" } },
    ],
    update: [{ "metadata.labels": { "pod-security.kubernetes.io/audit": "Baseline" } }],
    fine: [{ "metadata.labels": { "pod-security.kubernetes.io/enforce": "baseline" } }],
  },
  {
    valid: object("v1", "LimitRange", "spec: { limits: [{ type: Container, max: { cpu: 1 } }] }"),
    unfit: [{ "spec.limits.0.type": null }],
    wrong: [{ "spec.limits.0.min": { cpu: "2" } }],
  },
  {
    valid: object("v1", "ResourceQuota", "spec: { hard: { pods: 3 } }"),
    wrong: [{ "spec.hard.pods": -1 }, { "spec.hard.pods": 1.5 }, { "spec.scopes": ["Some"] }],
    update: [{ "spec.scopes": ["BestEffort"] }],
  },
  {
    valid: object(
      "v1",
      "ReplicationController",
      `spec: { selector: { app: a }, template: ${template} }`,
    ),
    wrong: [{ "spec.selector.app": "b" }, { "spec.replicas": -1 }],
  },
  {
    valid: object("v1", "PodTemplate", `template: ${template}`),
    wrong: [
      { "template.spec.containers": [] },
      { "template.spec.containers.0.image": null },
      { "template.metadata.labels": { a: "b c" } },
    ],
  },
  {
    valid: object(
      "v1",
      "Endpoints",
      "subsets: [{ addresses: [{ ip: 10.0.0.1 }], ports: [{ port: 80 }] }]",
    ),
    wrong: [{ "subsets.0.addresses.0.ip": "10.0.0" }, { "subsets.0.ports.0.port": 70000 }],
  },
  {
    valid: object("apps/v1", "Deployment", `spec: { ${selected} }`),
    unfit: [{ "spec.selector": null }, { "spec.replicas": "3" }, { "spec.replica": 3 }],
    wrong: [
      { "spec.template.metadata.labels.app": "b" },
      { "spec.template.spec.restartPolicy": "Never" },
      { "spec.strategy": { type: "Rolling" } },
      { "spec.strategy": { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
      { "spec.minReadySeconds": -1 },
      { "spec.template.spec.containers.0.livenessProbe": { httpGet: { port: "https_" } } },
      { "spec.template.spec.containers.0.ports.0.protocol": "HTTP" },
    ],
    update: [
      { "spec.selector.matchLabels": { app: "b" }, "spec.template.metadata.labels.app": "b" },
    ],
    fine: [{ "spec.replicas": 3 }, { "spec.template.spec.containers.0.image": "b" }],
  },
  {
    valid: object("apps/v1", "StatefulSet", `spec: { serviceName: a, ${selected} }`),
    wrong: [
      { "spec.podManagementPolicy": "None" },
      { "spec.updateStrategy": { type: "Recreate" } },
      { "spec.ordinals": { start: -1 } },
    ],
    update: [
      { "spec.serviceName": "b" },
      {
        "spec.volumeClaimTemplates": [
          {
            metadata: { name: "v" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
          },
        ],
      },
    ],
    fine: [{ "spec.replicas": 2 }],
  },
  {
    valid: object("apps/v1", "DaemonSet", `spec: { ${selected} }`),
    wrong: [
      { "spec.updateStrategy": { type: "Recreate" } },
      { "spec.template.metadata.labels": null },
    ],
    update: [
      { "spec.selector.matchLabels": { app: "b" }, "spec.template.metadata.labels.app": "b" },
    ],
  },
  {
    valid: object("apps/v1", "ReplicaSet", `spec: { ${selected} }`),
    wrong: [
      { "spec.selector.matchLabels.app": "b" },
      { "spec.replicas": -1 },
      { "spec.template.spec.restartPolicy": "OnFailure" },
    ],
    update: [
      { "spec.selector.matchLabels": { app: "b" }, "spec.template.metadata.labels.app": "b" },
    ],
  },
  {
    valid: object("apps/v1", "ControllerRevision", "revision: 1, data: { a: b }"),
    unfit: [{ revision: "first" }],
    wrong: [{ revision: -1 }, { data: null }],
    update: [{ "data.a": "c" }],
  },
  {
    valid: object("batch/v1", "Job", `spec: { template: ${job} }`),
    wrong: [
      { "spec.template.spec.restartPolicy": "Always" },
      { "spec.completions": -1 },
      { "spec.completionMode": "Random" },
      { "spec.backoffLimit": -1 },
    ],
    update: [{ "spec.template.spec.containers.0.image": "b" }, { "spec.completions": 5 }],
    fine: [{ "spec.parallelism": 2 }, { "spec.suspend": true }],
  },
  {
    valid: object(
      "batch/v1",
      "CronJob",
      `spec: { schedule: "* * * * *", jobTemplate: { spec: { template: ${job} } } }`,
    ),
    unfit: [{ "metadata.name": "a".repeat(53) }],
    wrong: [
      { "spec.schedule": "* * * * * *" },
      { "spec.schedule": "TZ=UTC * * * * *" },
      { "spec.timeZone": "Mars/Base" },
      { "spec.concurrencyPolicy": "Never" },
      { "spec.successfulJobsHistoryLimit": -1 },
    ],
    fine: [
      { "spec.schedule": "1 * * * *" },
      { "spec.timeZone": "Europe/Berlin" },
      { "spec.timeZone": "Asia/Calcutta" },
      { "spec.timeZone": "UTC" },
    ],
  },
  {
    valid: object(
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      "spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a } }",
    ),
    unfit: [{ "spec.scaleTargetRef.name": null }],
    wrong: [
      { "spec.minReplicas": 5 },
      { "spec.maxReplicas": 0 },
      { "spec.metrics": [{ type: "Resource" }] },
      { "spec.behavior": { scaleUp: { policies: [] } } },
    ],
  },
  {
    valid: object("policy/v1", "PodDisruptionBudget", "spec: { minAvailable: 1, selector: {} }"),
    wrong: [
      { "spec.maxUnavailable": 1 },
      { "spec.minAvailable": "half" },
      { "spec.minAvailable": -1 },
      { "spec.unhealthyPodEvictionPolicy": "Maybe" },
    ],
  },
];
