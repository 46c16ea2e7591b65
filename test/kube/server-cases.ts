import { parse } from "yaml";
import type { KubernetesObject } from "../../core/manifests/identity.ts";

const podSpec =
  "{ containers: [{ name: a, image: a, ports: [{ name: http, containerPort: 80 }] }] }";
const template = `{ metadata: { labels: { app: a } }, spec: ${podSpec} }`;
const job = `{ metadata: { labels: { app: a } }, spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }`;
const selected = `selector: { matchLabels: { app: a } }, template: ${template}`;
const hook = `{ name: a.b.io, sideEffects: None, admissionReviewVersions: [v1], clientConfig: { url: "https://a.b/c" }, rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }] }`;
const subject = "{ kind: ServiceAccount, name: a, namespace: default }";
const object = (apiVersion: string, kind: string, rest: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, namespace: default }, ${rest} }`;
const cluster = (apiVersion: string, kind: string, rest: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a }, ${rest} }`;
const called = (name: string, text: string) => text.replace("{ name: a }", `{ name: ${name} }`);

/**
 * Of each kind one object that the API server takes; `wrong` changes it into what it refuses, `update`
 * into what it takes as a new object but refuses as an update. A change is `path: value`, where null
 * takes the field away.
 */
export const serverCases: readonly {
  readonly valid: string;
  readonly wrong?: readonly Change[];
  readonly update?: readonly Change[];
  /** Changes that an update may make. */
  readonly fine?: readonly Change[];
}[] = [
  {
    valid: object("v1", "Pod", `spec: ${podSpec}`),
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
      { "spec.volumes": [{ name: "v" }, { name: "v", emptyDir: {} }] },
      { "spec.unknown": 1 },
    ],
    update: [{ "spec.containers.0.name": "b" }, { "spec.nodeSelector": { a: "b" } }],
    fine: [{ "spec.containers.0.image": "b" }],
  },
  {
    valid: object("v1", "ConfigMap", "data: { a: b }"),
    wrong: [
      { data: { "a/b": "c" } },
      { "data.b": 1 },
      { binaryData: { c: "%" } },
      { binaryData: { a: "YQ==" } },
    ],
    fine: [{ "data.a": "c" }],
  },
  {
    valid: object("v1", "ConfigMap", "immutable: true, data: { a: b }"),
    update: [{ "data.a": "c" }, { immutable: false }],
  },
  {
    valid: object("v1", "Secret", "stringData: { password: correct-horse }"),
    wrong: [
      { type: "kubernetes.io/tls" },
      { type: "kubernetes.io/dockerconfigjson" },
      { data: { "a b": "YQ==" } },
      { data: { a: "no base64" } },
    ],
    update: [{ type: "example.com/other" }],
  },
  {
    valid: object("v1", "Service", "spec: { ports: [{ port: 80 }] }"),
    wrong: [
      { "spec.ports.0.port": 0 },
      { "spec.ports": [{ port: 80 }, { port: 81 }] },
      { "spec.type": "External" },
      { "spec.sessionAffinity": "Client" },
      { "spec.externalTrafficPolicy": "Local" },
      { "spec.clusterIP": "10.0.0.300" },
      { "spec.ports.0.nodePort": 30000 },
      { "spec.type": "ExternalName", "spec.ports": null },
      { "metadata.name": "0a_b" },
    ],
    fine: [
      { "spec.ports.0.port": 81 },
      { "spec.type": "NodePort" },
      { "spec.type": "LoadBalancer" },
    ],
  },
  {
    valid: object("v1", "ServiceAccount", "automountServiceAccountToken: false"),
    wrong: [{ automountServiceAccountToken: "no" }, { "metadata.name": "a_b" }],
  },
  {
    valid: object(
      "v1",
      "PersistentVolumeClaim",
      "spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }",
    ),
    wrong: [
      { "spec.accessModes": ["ReadWrite"] },
      { "spec.accessModes": null },
      { "spec.resources": null },
      { "spec.resources.requests.storage": "1 Gi" },
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
    wrong: [{ "metadata.name": "a.b" }, { "metadata.labels": { "a b": "c" } }],
  },
  {
    valid: object("v1", "LimitRange", "spec: { limits: [{ type: Container, max: { cpu: 1 } }] }"),
    wrong: [{ "spec.limits.0.min": { cpu: "2" } }, { "spec.limits.0.type": null }],
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
    wrong: [{ "template.spec.containers": [] }],
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
    wrong: [
      { "spec.template.metadata.labels.app": "b" },
      { "spec.selector": null },
      { "spec.template.spec.restartPolicy": "Never" },
      { "spec.strategy": { type: "Rolling" } },
      { "spec.strategy": { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
      { "spec.replicas": "3" },
      { "spec.replica": 3 },
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
    wrong: [{ "spec.selector.matchLabels.app": "b" }],
    update: [
      { "spec.selector.matchLabels": { app: "b" }, "spec.template.metadata.labels.app": "b" },
    ],
  },
  {
    valid: object("apps/v1", "ControllerRevision", "revision: 1, data: { a: b }"),
    wrong: [{ revision: -1 }],
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
    wrong: [
      { "spec.schedule": "* * * * * *" },
      { "spec.schedule": "TZ=UTC * * * * *" },
      { "spec.timeZone": "Mars/Base" },
      { "spec.concurrencyPolicy": "Never" },
      { "metadata.name": "a".repeat(53) },
      { "spec.successfulJobsHistoryLimit": -1 },
    ],
    fine: [{ "spec.schedule": "1 * * * *" }],
  },
  {
    valid: object(
      "autoscaling/v2",
      "HorizontalPodAutoscaler",
      "spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a } }",
    ),
    wrong: [
      { "spec.minReplicas": 5 },
      { "spec.maxReplicas": 0 },
      { "spec.scaleTargetRef.name": null },
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
  {
    valid: object(
      "rbac.authorization.k8s.io/v1",
      "Role",
      'rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]',
    ),
    wrong: [
      { "rules.0.verbs": [] },
      { "rules.0.nonResourceURLs": ["/a"] },
      { "rules.0.apiGroups": null },
    ],
  },
  {
    valid: cluster(
      "rbac.authorization.k8s.io/v1",
      "ClusterRole",
      'rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]',
    ),
    wrong: [{ "rules.0.resources": null }, { "rules.0.nonResourceURLs": ["/a"] }],
  },
  {
    valid: object(
      "rbac.authorization.k8s.io/v1",
      "RoleBinding",
      `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: a }, subjects: [${subject}]`,
    ),
    wrong: [
      { "roleRef.kind": "User" },
      { "subjects.0.kind": "Pod" },
      { "subjects.0.name": null },
      { "roleRef.name": null },
    ],
    update: [{ "roleRef.name": "b" }],
  },
  {
    valid: cluster(
      "rbac.authorization.k8s.io/v1",
      "ClusterRoleBinding",
      `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a }, subjects: [${subject}]`,
    ),
    wrong: [{ "roleRef.kind": "Role" }, { "subjects.0.namespace": null }],
    update: [{ "roleRef.name": "b" }],
  },
  {
    valid: object(
      "networking.k8s.io/v1",
      "NetworkPolicy",
      "spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }",
    ),
    wrong: [
      { "spec.ingress.0.from.0.ipBlock.cidr": "10.0.0.0/99" },
      { "spec.ingress.0.from.0.ipBlock.except": ["11.0.0.0/8"] },
      { "spec.ingress.0.from.0.podSelector": {} },
      { "spec.policyTypes": ["Both"] },
      { "spec.ingress.0.ports": [{ port: 80, endPort: 79 }] },
    ],
  },
  {
    valid: object(
      "networking.k8s.io/v1",
      "Ingress",
      "spec: { rules: [{ host: a.b, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }] } }] }",
    ),
    wrong: [
      { "spec.rules.0.http.paths.0.pathType": null },
      { "spec.rules.0.http.paths.0.path": "a" },
      { "spec.rules.0.host": "10.0.0.1" },
      { "spec.rules.0.http.paths.0.backend.service.port": { number: 80, name: "a" } },
      {
        "spec.rules.0.http.paths.0.backend": {
          resource: { kind: "A", name: "a" },
          service: { name: "a", port: { number: 80 } },
        },
      },
      { spec: {} },
    ],
  },
  {
    valid: cluster("networking.k8s.io/v1", "IngressClass", "spec: { controller: a.b/c }"),
    wrong: [{ "spec.controller": "a b" }, { "spec.parameters": { kind: "A" } }],
    update: [{ "spec.controller": "a.b/d" }],
  },
  {
    valid: cluster("networking.k8s.io/v1", "ServiceCIDR", "spec: { cidrs: [10.97.0.0/16] }"),
    wrong: [{ "spec.cidrs": ["10.97.0.1/16"] }, { "spec.cidrs": [] }],
    update: [{ "spec.cidrs": ["10.98.0.0/16"] }],
  },
  {
    valid: cluster("storage.k8s.io/v1", "StorageClass", "provisioner: a.b/c"),
    wrong: [{ provisioner: null }, { reclaimPolicy: "Keep" }, { volumeBindingMode: "Later" }],
    update: [
      { provisioner: "a.b/d" },
      { parameters: { a: "b" } },
      { volumeBindingMode: "WaitForFirstConsumer" },
    ],
  },
  {
    valid: cluster("storage.k8s.io/v1", "CSIDriver", "spec: { attachRequired: true }"),
    wrong: [{ "spec.fsGroupPolicy": "All" }, { "spec.volumeLifecycleModes": ["Never"] }],
    update: [{ "spec.attachRequired": false }],
  },
  {
    valid: cluster(
      "storage.k8s.io/v1",
      "VolumeAttributesClass",
      "driverName: a.b, parameters: { a: b }",
    ),
    wrong: [{ driverName: null }],
    update: [{ driverName: "a.c" }],
  },
  {
    valid: cluster("scheduling.k8s.io/v1", "PriorityClass", "value: 1"),
    wrong: [{ value: 2000000000 }, { preemptionPolicy: "Always" }, { "metadata.name": "system-a" }],
    update: [{ value: 2 }],
  },
  {
    valid: cluster("node.k8s.io/v1", "RuntimeClass", "handler: a"),
    wrong: [{ handler: "A" }, { handler: null }],
    update: [{ handler: "b" }],
  },
  {
    valid: object(
      "discovery.k8s.io/v1",
      "EndpointSlice",
      "addressType: IPv4, endpoints: [{ addresses: [10.0.0.1] }]",
    ),
    wrong: [
      { addressType: "IPv5" },
      { "endpoints.0.addresses": [] },
      { "endpoints.0.addresses.0": "::1" },
    ],
    update: [{ addressType: "IPv6", endpoints: [{ addresses: ["::1"] }] }],
  },
  {
    valid: object(
      "coordination.k8s.io/v1",
      "Lease",
      "spec: { holderIdentity: a, leaseDurationSeconds: 5 }",
    ),
    wrong: [{ "spec.leaseDurationSeconds": 0 }, { "spec.renewTime": "yesterday" }],
  },
  {
    valid: cluster(
      "admissionregistration.k8s.io/v1",
      "ValidatingWebhookConfiguration",
      `webhooks: [${hook}]`,
    ),
    wrong: [
      { "webhooks.0.sideEffects": "Many" },
      { "webhooks.0.admissionReviewVersions": ["v9"] },
      { "webhooks.0.clientConfig.url": "http://a.b" },
      { "webhooks.0.timeoutSeconds": 31 },
    ],
  },
  {
    valid: cluster(
      "admissionregistration.k8s.io/v1",
      "MutatingWebhookConfiguration",
      `webhooks: [${hook}]`,
    ),
    wrong: [{ "webhooks.0.name": "a" }, { "webhooks.0.reinvocationPolicy": "Twice" }],
  },
  {
    valid: cluster(
      "admissionregistration.k8s.io/v1",
      "ValidatingAdmissionPolicy",
      'spec: { matchConstraints: { resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }] }, validations: [{ expression: "object.spec.replicas < 5" }] }',
    ),
    wrong: [
      { "spec.validations.0.expression": "object.spec.(" },
      { "spec.failurePolicy": "Perhaps" },
      { "spec.matchConstraints": null },
    ],
  },
  {
    valid: cluster(
      "admissionregistration.k8s.io/v1",
      "ValidatingAdmissionPolicyBinding",
      "spec: { policyName: a, validationActions: [Deny] }",
    ),
    wrong: [
      { "spec.validationActions": [] },
      { "spec.validationActions": ["Deny", "Warn"] },
      { "spec.policyName": null },
    ],
  },
  {
    valid: cluster(
      "flowcontrol.apiserver.k8s.io/v1",
      "FlowSchema",
      "spec: { priorityLevelConfiguration: { name: a }, matchingPrecedence: 9 }",
    ),
    wrong: [{ "spec.matchingPrecedence": 20000 }, { "spec.priorityLevelConfiguration": null }],
  },
  {
    valid: cluster(
      "flowcontrol.apiserver.k8s.io/v1",
      "PriorityLevelConfiguration",
      "spec: { type: Limited, limited: { limitResponse: { type: Reject } } }",
    ),
    wrong: [{ "spec.type": "Some" }, { "spec.limited": null }],
  },
  {
    valid: called(
      "as.b.io",
      cluster(
        "apiextensions.k8s.io/v1",
        "CustomResourceDefinition",
        "spec: { group: b.io, scope: Namespaced, names: { kind: A, plural: as, singular: a, listKind: AList }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }] }",
      ),
    ),
    wrong: [
      { "spec.versions.0.storage": false },
      { "metadata.name": "a.b.io" },
      { "spec.versions.0.schema": null },
      {
        "spec.versions.0.schema.openAPIV3Schema": {
          type: "object",
          properties: { a: { items: { type: "string" } } },
        },
      },
      {
        "spec.versions.0.schema.openAPIV3Schema": {
          type: "object",
          "x-kubernetes-validations": [{ rule: "self.(" }],
        },
      },
    ],
    update: [{ "spec.scope": "Cluster" }],
  },
  {
    valid: called(
      "v1.b.io",
      cluster(
        "apiregistration.k8s.io/v1",
        "APIService",
        "spec: { group: b.io, version: v1, groupPriorityMinimum: 100, versionPriority: 10, service: { name: a, namespace: a } , insecureSkipTLSVerify: true }",
      ),
    ),
    wrong: [
      { "metadata.name": "v2.b.io" },
      { "spec.versionPriority": 0 },
      { "spec.caBundle": "YQ==" },
    ],
  },
  {
    valid: cluster(
      "resource.k8s.io/v1",
      "DeviceClass",
      "spec: { selectors: [{ cel: { expression: \"device.driver == 'a.b'\" } }] }",
    ),
    wrong: [{ "spec.selectors.0.cel.expression": "device.(" }],
  },
  {
    valid: object(
      "resource.k8s.io/v1",
      "ResourceClaim",
      "spec: { devices: { requests: [{ name: a, exactly: { deviceClassName: a } }] } }",
    ),
    wrong: [{ "spec.devices.requests.0.exactly": null }, { "spec.devices.requests.0.name": "A" }],
    update: [{ "spec.devices.requests.0.name": "b" }],
  },
];

/** `path: value`; null takes the field away. */
export type Change = Readonly<Record<string, unknown>>;

/** The object of a case, changed. */
export function changed(text: string, change: Change = {}): KubernetesObject {
  const root = parse(text) as Record<string, unknown>;
  for (const [path, value] of Object.entries(change)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let at: Record<string, unknown> = root;
    for (const key of keys) at = (at[key] ??= {}) as Record<string, unknown>;
    if (value === null) delete at[last];
    else at[last] = value;
  }
  return root as KubernetesObject;
}
