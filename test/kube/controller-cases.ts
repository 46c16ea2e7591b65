import { called, cluster, object, type ServerCase } from "./server-case.ts";

const devices = "resource.k8s.io/v1";
const slice =
  "spec: { driver: a.b, nodeName: a, pool: { name: a, generation: 1, resourceSliceCount: 1 }, devices: [{ name: a }] }";
const request =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlISE1HNENBUUF3RERFS01BZ0dBMVVFQXd3QllUQlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQQpCQVNQNlBKVDFhamlPbFB1Y0NkWGRmTTdIK2I1c1E2VlY4TzF6b1IzUkFBV2Y3OVh3eWx0Q09BQWQyNXpLMHMzCnVDaVNiYlE4dUJkTzRjYklhMGYzek9lZ0FEQUtCZ2dxaGtqT1BRUURBZ05KQURCR0FpRUF6NUtSZDdEbUxkbUcKa0lIRzZqSWVWUTNVU09NK1BaK2Q2TTNCOWZycCtYZ0NJUUR3ekl2RUxUR24xUWJudjhJUFhpdUhabzJxK0h3MQoxNU9mVUFGSVBFYjRIUT09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=";

/** See server-cases.ts: kinds that controllers write, and people seldom. */
export const controllerCases: readonly ServerCase[] = [
  {
    valid: cluster(
      "v1",
      "Node",
      "spec: { podCIDR: 10.1.0.0/24, taints: [{ key: a, effect: NoSchedule }] }",
    ),
    unfit: [{ "metadata.name": "A" }],
    wrong: [
      { "spec.taints.0.effect": "Never" },
      { "spec.taints.0.key": "a b" },
      {
        "spec.taints": [
          { key: "a", effect: "NoSchedule" },
          { key: "a", effect: "NoSchedule" },
        ],
      },
      { "spec.podCIDR": "10.1.0.0/99" },
    ],
    update: [{ "spec.podCIDR": "10.2.0.0/24" }],
    fine: [{ "spec.unschedulable": true }],
  },
  {
    valid: object(
      "v1",
      "Event",
      "involvedObject: { kind: Pod, name: a, namespace: default }, reason: A, type: Normal",
    ),
    unfit: [{ count: "one" }, { firstTimestamp: "now" }],
    wrong: [{ "involvedObject.namespace": "other" }],
  },
  {
    valid: object(
      "events.k8s.io/v1",
      "Event",
      "eventTime: 2020-01-01T00:00:00.000000Z, reportingController: a.b/c, reportingInstance: a, action: A, reason: A, type: Normal, regarding: { kind: Pod, name: a, namespace: default }",
    ),
    unfit: [{ eventTime: null }],
    wrong: [
      { type: "Bad" },
      { reportingController: null },
      { reportingInstance: "a".repeat(200) },
      { action: null },
      { reason: null },
      { note: "a".repeat(1200) },
    ],
    update: [{ reason: "B" }, { type: "Warning" }],
  },
  {
    valid: object(
      "autoscaling/v1",
      "HorizontalPodAutoscaler",
      "spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a } }",
    ),
    unfit: [{ "spec.scaleTargetRef.kind": null }, { "spec.metrics": [] }],
    wrong: [
      { "spec.maxReplicas": 0 },
      { "spec.minReplicas": 4 },
      { "spec.targetCPUUtilizationPercentage": 0 },
    ],
    fine: [{ "spec.targetCPUUtilizationPercentage": 80 }],
  },
  {
    valid: cluster(
      "certificates.k8s.io/v1",
      "CertificateSigningRequest",
      `spec: { signerName: a.b/c, usages: [client auth], request: ${request} }`,
    ),
    unfit: [{ "spec.signerName": null }, { "spec.request": null }],
    wrong: [
      { "spec.signerName": "a" },
      { "spec.usages": [] },
      { "spec.usages": ["reading"] },
      { "spec.request": "YQ==" },
      { "spec.expirationSeconds": 5 },
    ],
    fine: [{ "spec.expirationSeconds": 600 }],
  },
  {
    valid: called(
      "10.0.0.9",
      cluster(
        "networking.k8s.io/v1",
        "IPAddress",
        "spec: { parentRef: { group: '', resource: services, namespace: default, name: a } }",
      ),
    ),
    unfit: [{ "spec.parentRef": null }, { "spec.parentRef.name": null }],
    wrong: [{ "metadata.name": "a" }, { "metadata.name": "10.0.0.09" }],
    update: [{ "spec.parentRef.name": "b" }],
  },
  {
    valid: cluster(
      "storage.k8s.io/v1",
      "CSINode",
      "spec: { drivers: [{ name: a.b, nodeID: a, topologyKeys: [a] }] }",
    ),
    unfit: [{ "spec.drivers.0.nodeID": null }],
    wrong: [
      { "spec.drivers.0.name": "A b" },
      { "spec.drivers.0.nodeID": "a".repeat(300) },
      { "spec.drivers.0.topologyKeys": ["a b"] },
      { "spec.drivers.0.allocatable": { count: -1 } },
    ],
    update: [{ "spec.drivers.0.nodeID": "b" }],
  },
  {
    valid: object("storage.k8s.io/v1", "CSIStorageCapacity", "storageClassName: a, capacity: 1Gi"),
    unfit: [{ storageClassName: null }, { maximumVolumeSize: "much" }],
    wrong: [{ capacity: -1 }],
    update: [{ storageClassName: "b" }],
    fine: [{ capacity: "2Gi" }],
  },
  {
    valid: cluster(
      "storage.k8s.io/v1",
      "VolumeAttachment",
      "spec: { attacher: a.b, nodeName: a, source: { persistentVolumeName: a } }",
    ),
    unfit: [{ "spec.attacher": null }, { "spec.nodeName": null }],
    wrong: [{ "spec.source": {} }, { "spec.attacher": "a b" }],
    update: [{ "spec.nodeName": "b" }],
  },
  {
    valid: object(
      devices,
      "ResourceClaimTemplate",
      "spec: { spec: { devices: { requests: [{ name: a, exactly: { deviceClassName: a } }] } } }",
    ),
    unfit: [{ "spec.spec.devices.requests.0.exactly.deviceClassName": null }],
    wrong: [
      { "spec.spec.devices.requests.0.name": "A" },
      { "spec.spec.devices.requests.0.exactly": null },
      { "spec.spec.devices.requests.0.exactly.count": -1 },
    ],
    update: [{ "spec.spec.devices.requests.0.name": "b" }],
  },
  {
    valid: cluster(devices, "ResourceSlice", slice),
    wrong: [
      { "spec.driver": "A b" },
      { "spec.nodeName": null },
      { "spec.allNodes": true },
      { "spec.pool.resourceSliceCount": 0 },
      { "spec.devices": [{ name: "a" }, { name: "a" }] },
      { "spec.devices.0.name": "A" },
    ],
    update: [{ "spec.driver": "a.c" }, { "spec.pool.name": "b" }, { "spec.nodeName": "b" }],
  },
];
