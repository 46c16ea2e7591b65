import { called, cluster, type ServerCase } from "./server-case.ts";

const admission = "admissionregistration.k8s.io/v1";
const resources =
  "{ resourceRules: [{ apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }] }";
const definition = (spec: string) =>
  called("as.b.io", cluster("apiextensions.k8s.io/v1", "CustomResourceDefinition", spec));
const names = "{ kind: A, plural: as, singular: a, listKind: AList }";
const version = (more: string) =>
  `{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { a: { type: string }, n: { type: integer } } } } } }${more} }`;
const root = "spec.versions.0.schema.openAPIV3Schema";
const inner = `${root}.properties.spec.properties`;

/** See server-cases.ts: kinds that make the API server say or take something else. */
export const extensionCases: readonly ServerCase[] = [
  {
    valid: cluster(
      admission,
      "MutatingAdmissionPolicy",
      `spec: { reinvocationPolicy: Never, failurePolicy: Fail, matchConstraints: ${resources}, mutations: [{ patchType: ApplyConfiguration, applyConfiguration: { expression: "Object{spec: Object.spec{replicas: 2}}" } }] }`,
    ),
    wrong: [
      { "spec.mutations": [] },
      { "spec.mutations.0.patchType": "Merge" },
      { "spec.mutations.0.applyConfiguration": null },
      { "spec.mutations.0.applyConfiguration.expression": "Object{" },
      { "spec.mutations.0.jsonPatch": { expression: "[]" } },
      { "spec.reinvocationPolicy": "Sometimes" },
      { "spec.matchConstraints": null },
      { "spec.variables": [{ name: "1a", expression: "1" }] },
      { "spec.matchConditions": [{ name: "a", expression: "1" }] },
    ],
    fine: [{ "spec.failurePolicy": "Ignore" }],
  },
  {
    valid: cluster(admission, "MutatingAdmissionPolicyBinding", "spec: { policyName: a }"),
    wrong: [
      { "spec.policyName": null },
      { "spec.policyName": "A b" },
      { "spec.paramRef": { name: "a" } },
      { "spec.paramRef": { name: "a", selector: {}, parameterNotFoundAction: "Deny" } },
      { "spec.matchResources": { matchPolicy: "Some" } },
    ],
    fine: [{ "spec.paramRef": { name: "a", parameterNotFoundAction: "Allow" } }],
  },
  {
    valid: definition(
      `spec: { group: b.io, scope: Namespaced, names: ${names}, versions: [${version("")}] }`,
    ),
    unfit: [
      { "spec.group": "b" },
      { "spec.names.plural": "As" },
      { "spec.versions.0.storage": null },
      { "spec.versions.0.additionalPrinterColumns": [{ name: "A", type: "string" }] },
      { "spec.versions.0.subresources": { scale: { specReplicasPath: ".spec.n" } } },
      { [`${inner}.a.format`]: 7 },
      { [`${inner}.a.unknown`]: 1 },
      { [`${inner}.a.x-kubernetes-validations`]: [{ message: "a" }] },
      { [`${inner}.n.minimum`]: "one" },
    ],
    wrong: [
      { "spec.scope": "World" },
      { "spec.names.kind": "a b" },
      { "spec.names.shortNames": ["A"] },
      { "spec.preserveUnknownFields": true },
      { "spec.versions": [] },
      { "spec.versions.0.name": "V1" },
      { "spec.versions.0.additionalPrinterColumns": [{ name: "A", type: "text", jsonPath: ".a" }] },
      {
        "spec.versions.0.subresources": {
          scale: { specReplicasPath: ".n", statusReplicasPath: ".status.n" },
        },
      },

      { "spec.versions.0.selectableFields": [{ jsonPath: ".spec.b" }] },
      { "spec.versions.0.selectableFields": [{ jsonPath: ".metadata.name" }] },
      { "spec.versions.0.deprecationWarning": "soon" },
      { "spec.conversion": { strategy: "Webhook" } },
      { "spec.conversion": { strategy: "Never" } },
      {
        "spec.conversion": {
          strategy: "Webhook",
          webhook: { conversionReviewVersions: ["v9"], clientConfig: { url: "https://a.b/c" } },
        },
      },
      {
        "spec.conversion": {
          strategy: "Webhook",
          webhook: { conversionReviewVersions: ["v1"], clientConfig: { url: "http://a.b/c" } },
        },
      },
      { [`${root}.type`]: "array" },
      { [`${root}.properties.metadata`]: { type: "object", properties: { labels: {} } } },
      { [`${inner}.a.type`]: "text" },
      { [`${inner}.a.type`]: null },
      { [`${inner}.a.pattern`]: "(" },
      { [`${inner}.a.default`]: 7 },
      { [`${inner}.a.$ref`]: "#/b" },
      { [`${inner}.a.x-kubernetes-list-type`]: "set" },
      { [`${inner}.a.x-kubernetes-validations`]: [{ rule: "self" }] },
      { [`${inner}.a.x-kubernetes-validations`]: [{ rule: "self.size() < 5", reason: "Bad" }] },
      { [`${inner}.a.x-kubernetes-validations`]: [{ rule: "self.size() < 5", fieldPath: ".b" }] },
      { [`${inner}.a.x-kubernetes-validations`]: [{ rule: "self.b" }] },
      {
        [`${inner}.a.x-kubernetes-validations`]: [
          { rule: "self == oldSelf", optionalOldSelf: true },
        ],
      },

      { [`${inner}.n.default`]: "one" },
      { [`${inner}.l`]: { type: "array" } },
      { [`${inner}.l`]: { type: "array", uniqueItems: true, items: { type: "string" } } },
      {
        [`${inner}.l`]: {
          ...{ type: "array", "x-kubernetes-list-type": "map" },
          items: { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
        },
      },
      {
        [`${inner}.l`]: {
          ...{
            type: "array",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["a"],
          },
          items: { type: "object", properties: { a: { type: "string" } } },
        },
      },
      {
        [`${inner}.l`]: {
          ...{
            type: "array",
            "x-kubernetes-list-type": "map",
            "x-kubernetes-list-map-keys": ["a"],
          },
          items: { type: "string" },
        },
      },
      {
        [`${inner}.l`]: {
          ...{ type: "array", "x-kubernetes-list-type": "set" },
          items: { type: "object", properties: { a: { type: "string" } } },
        },
      },

      { [`${inner}.m`]: { type: "object", "x-kubernetes-map-type": "shallow" } },
      { [`${inner}.e`]: { type: "object", "x-kubernetes-embedded-resource": true } },
      { [`${inner}.o`]: { type: "string", anyOf: [{ type: "string", default: "a" }] } },
      { [`${inner}.o`]: { anyOf: [{ type: "string" }, { type: "integer" }] } },
    ],
    update: [
      { "spec.scope": "Cluster" },
      { "spec.names.plural": "bs", "metadata.name": "as.b.io" },
      { "spec.versions.0.served": true, "spec.names.kind": "B" },
    ],
    fine: [
      { "spec.versions.0.subresources": { status: { a: 1 } } },
      { [`${inner}.n.x-kubernetes-int-or-string`]: true },
      { [`${inner}.n.x-kubernetes-preserve-unknown-fields`]: true },
      {
        [`${inner}.m`]: {
          type: "object",
          properties: {},
          additionalProperties: { type: "string" },
        },
      },
      { [`${inner}.m`]: { type: "object", additionalProperties: false } },
      { [`${inner}.n.minimum`]: 1 },
      { [`${inner}.a.default`]: "x" },
      { [`${inner}.b`]: { type: "boolean" } },
      { "spec.versions.0.subresources": { status: {} } },
      { "spec.names.shortNames": ["aa"] },
      { "spec.versions.0.selectableFields": [{ jsonPath: ".spec.a" }] },
      {
        "spec.versions.0.additionalPrinterColumns": [{ name: "A", type: "string", jsonPath: ".a" }],
      },
      {
        "spec.conversion": {
          strategy: "Webhook",
          webhook: { conversionReviewVersions: ["v1"], clientConfig: { url: "https://a.b/c" } },
        },
      },
    ],
  },
];
