import { hook, subject, object, cluster, called, type ServerCase } from "./server-case.ts";

/** See server-cases.ts. */
export const clusterCases: readonly ServerCase[] = [
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
    unfit: [{ "subjects.0.name": null }, { "roleRef.name": null }],
    wrong: [{ "roleRef.kind": "User" }, { "subjects.0.kind": "Pod" }],
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
    unfit: [{ "spec.rules.0.http.paths.0.pathType": null }],
    wrong: [
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
    unfit: [{ "spec.parameters": { kind: "A" } }],
    wrong: [{ "spec.controller": "a b" }],
    update: [{ "spec.controller": "a.b/d" }],
  },
  {
    valid: cluster("networking.k8s.io/v1", "ServiceCIDR", "spec: { cidrs: [10.97.0.0/16] }"),
    wrong: [{ "spec.cidrs": ["10.97.0.1/16"] }, { "spec.cidrs": [] }],
    update: [{ "spec.cidrs": ["10.98.0.0/16"] }],
  },
  {
    valid: cluster("storage.k8s.io/v1", "StorageClass", "provisioner: a.b/c"),
    unfit: [{ provisioner: null }],
    wrong: [{ reclaimPolicy: "Keep" }, { volumeBindingMode: "Later" }],
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
    unfit: [{ driverName: null }],
    wrong: [{ driverName: "a b" }, { parameters: { "": "b" } }],
    update: [{ driverName: "a.c" }],
  },
  {
    valid: cluster("scheduling.k8s.io/v1", "PriorityClass", "value: 1"),
    wrong: [{ value: 2000000000 }, { preemptionPolicy: "Always" }, { "metadata.name": "system-a" }],
    update: [{ value: 2 }],
  },
  {
    valid: cluster("node.k8s.io/v1", "RuntimeClass", "handler: a"),
    unfit: [{ handler: null }],
    wrong: [{ handler: "A" }],
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
    unfit: [{ "spec.renewTime": "yesterday" }],
    wrong: [{ "spec.leaseDurationSeconds": 0 }],
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
    unfit: [{ "spec.policyName": null }],
    wrong: [{ "spec.validationActions": [] }, { "spec.validationActions": ["Deny", "Warn"] }],
    fine: [
      { "spec.paramRef": { name: "a", parameterNotFoundAction: "Deny" } },
      { "spec.matchResources": { namespaceSelector: { matchLabels: { a: "b" } } } },
    ],
  },
  {
    valid: cluster(
      "flowcontrol.apiserver.k8s.io/v1",
      "FlowSchema",
      "spec: { priorityLevelConfiguration: { name: a }, matchingPrecedence: 9 }",
    ),
    unfit: [{ "spec.priorityLevelConfiguration": null }],
    wrong: [{ "spec.matchingPrecedence": 20000 }],
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
    unfit: [{ "metadata.name": "a.b.io" }],
    wrong: [
      { "spec.versions.0.storage": false },
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
    wrong: [
      { "spec.selectors.0.cel.expression": "device.(" },
      { "spec.selectors.0.cel": null },
      { "spec.config": [{}] },
    ],
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
