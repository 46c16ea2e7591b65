import { object } from "./manifests.ts";
import { of, pod, rbac, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const binding = (kind: string, name: string, ...subjects: object[]) =>
  of(rbac, kind, { roleRef: { kind: "ClusterRole", name }, subjects });
const user = (name: string) => ({ kind: "User", name });
const group = (name: string) => ({ kind: "Group", name });
const account = { kind: "ServiceAccount", namespace: "a", name: "b" };
const noted = (kind: string, annotations: object, labels: object = {}) =>
  object("v1", kind, { metadata: { name: "api", namespace: "shop", annotations, labels } });
const grant = spec("gateway.networking.k8s.io/v1", "ReferenceGrant");
const hooks = (one: object) =>
  of("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", {
    webhooks: [{ name: "w", ...one }],
  });
const admission = spec("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy");
const bound = spec("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding");
const admits = (field: string) => `medium webhook: admits other objects (${field})`;

describe("what is said of a change of who has them", () => {
  saysOfRisks([
    [
      "an account",
      [[], binding("RoleBinding", "view", account)],
      "medium grant: gives ServiceAccount a/b the role view",
    ],
    [
      "an account of the cluster",
      [[], binding("ClusterRoleBinding", "view", account)],
      "medium grant: gives ServiceAccount a/b the role view in the whole cluster",
    ],
    [
      "one more",
      [
        binding("RoleBinding", "view", user("a")),
        binding("RoleBinding", "view", user("a"), user("b")),
      ],
      "medium grant: gives User b the role view",
    ],
    [
      "one fewer",
      [
        binding("RoleBinding", "view", user("a"), user("b")),
        binding("RoleBinding", "view", user("a")),
      ],
      "medium grant: takes the role view from User b",
    ],
    ...["admin", "cluster-admin"].map(
      (name) =>
        [
          `the role ${name}`,
          [[], binding("RoleBinding", name, user("a"))],
          `high grant: gives User a the role ${name}`,
        ] as const,
    ),
    ...["authenticated", "unauthenticated", "serviceaccounts", "masters"].map(
      (name) =>
        [
          `all of system:${name}`,
          [[], binding("RoleBinding", "view", group(`system:${name}`))],
          `high grant: gives Group system:${name} the role view`,
        ] as const,
    ),
    [
      "a group that only sounds so",
      [[], binding("RoleBinding", "view", group("system:authenticated:dev"))],
      "medium grant: gives Group system:authenticated:dev the role view",
    ],
    [
      "pods of another account",
      pod({ serviceAccountName: "a" })({}),
      "medium grant: its pods act with the rights of ServiceAccount default, before a",
    ],
    [
      "pods of an account by its name of old",
      pod({})({ serviceAccount: "a" }),
      "medium grant: its pods act with the rights of ServiceAccount a, before default",
    ],
    ...[
      "azure.workload.identity/client-id",
      "azure.workload.identity/tenant-id",
      "eks.amazonaws.com/role-arn",
      "iam.gke.io/gcp-service-account",
    ].map(
      (name) =>
        [
          `${name}`,
          [noted("ServiceAccount", {}), noted("ServiceAccount", { [name]: "a" })],
          `medium grant: acts as another identity of the cloud (${name})`,
        ] as const,
    ),
    [
      "a Secret for another namespace",
      grant(
        { from: [], to: [] },
        { from: [{ kind: "Gateway", namespace: "a" }], to: [{ kind: "Secret", name: "b" }] },
      ),
      "medium grant: lets Gateway of namespace a use Secret b here",
    ],
    [
      "every Service for another namespace",
      grant(
        { from: [], to: [] },
        { from: [{ kind: "HTTPRoute", namespace: "a" }], to: [{ kind: "Service" }] },
      ),
      "medium grant: lets HTTPRoute of namespace a use every Service here",
    ],
    [
      "a token",
      [
        object("v1", "ServiceAccount", { automountServiceAccountToken: false }),
        object("v1", "ServiceAccount", { automountServiceAccountToken: true }),
      ],
      "medium hardening: gets the token of its service account again (automountServiceAccountToken)",
    ],
  ]);
});

describe("what is said of a change of what the API server asks before it takes an object", () => {
  saysOfRisks([
    [
      "a new webhook",
      [of("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"), hooks({})],
      "medium webhook: webhook w is new: calls that it matches fail while it does not answer",
    ],
    [
      "a new webhook that may be passed",
      [
        of("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"),
        hooks({ failurePolicy: "Ignore" }),
      ],
    ],
    [
      "it must answer, by default",
      [hooks({ failurePolicy: "Ignore" }), hooks({})],
      "high webhook: webhook w now fails every call that it matches while it does not answer (failurePolicy)",
    ],
    [
      "it may be passed",
      [hooks({}), hooks({ failurePolicy: "Ignore" })],
      "medium webhook: webhook w is passed over while it does not answer (failurePolicy Ignore)",
    ],
    [
      "it goes",
      [
        hooks({}),
        of("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", { webhooks: [] }),
      ],
      "medium webhook: webhook w goes: nothing checks what it did",
    ],
    ...["rules", "namespaceSelector", "objectSelector", "matchConditions"].map(
      (field) =>
        [
          `other ${field}`,
          [hooks({ [field]: ["a"] }), hooks({ [field]: ["b"] })],
          `medium webhook: webhook w matches other calls (${field})`,
        ] as const,
    ),
    [
      "another way to match",
      [hooks({}), hooks({ matchPolicy: "Exact" })],
      "medium webhook: webhook w matches other calls (matchPolicy)",
    ],
    [
      "another service",
      [
        hooks({ clientConfig: { service: { name: "a" } } }),
        hooks({ clientConfig: { service: { name: "b" } } }),
      ],
      "medium webhook: webhook w is answered by another service",
    ],
    [
      "another address",
      [
        hooks({ clientConfig: { url: "https://a" } }),
        hooks({ clientConfig: { url: "https://b" } }),
      ],
      "medium webhook: webhook w is answered by another service",
    ],
    [
      "another certificate",
      [hooks({ clientConfig: { caBundle: "a" } }), hooks({ clientConfig: { caBundle: "b" } })],
    ],
    ...[
      "failurePolicy",
      "matchConstraints",
      "matchConditions",
      "validations",
      "variables",
      "paramKind",
    ].map(
      (field) =>
        [
          `other ${field} of a policy`,
          admission({ [field]: "a" }, { [field]: "b" }),
          admits(field),
        ] as const,
    ),
    [
      "other mutations of a policy",
      spec("admissionregistration.k8s.io/v1beta1", "MutatingAdmissionPolicy")(
        { mutations: ["a"] },
        { mutations: ["b"] },
      ),
      admits("mutations"),
    ],
    ...["paramRef", "matchResources", "policyName"].map(
      (field) =>
        [
          `other ${field} of a binding`,
          bound({ [field]: "a" }, { [field]: "b" }),
          admits(field),
        ] as const,
    ),
    [
      "it only warns",
      bound({ validationActions: ["Deny"] }, { validationActions: ["Warn"] }),
      "medium hardening: no longer enforces what it did (spec.validationActions)",
    ],
    [
      "Gatekeeper only tells",
      spec("constraints.gatekeeper.sh/v1beta1", "K8sRequired")(
        { enforcementAction: "deny" },
        { enforcementAction: "dryrun" },
      ),
      "medium hardening: no longer enforces what it did (spec.enforcementAction)",
    ],
    [
      "Istio takes plain text",
      spec("security.istio.io/v1", "PeerAuthentication")(
        { mtls: { mode: "STRICT" } },
        { mtls: { mode: "PERMISSIVE" } },
      ),
      "medium hardening: no longer enforces what it did (spec.mtls.mode)",
      "medium network-policy: changes who may talk to whom",
    ],
    [
      "a namespace without a level",
      [
        noted("Namespace", {}, { "pod-security.kubernetes.io/enforce": "baseline" }),
        noted("Namespace", {}),
      ],
      "high hardening: lets pods do more: its PodSecurity level goes from baseline to none",
    ],
    [
      "a namespace with its first level",
      [
        noted("Namespace", {}),
        noted("Namespace", {}, { "pod-security.kubernetes.io/enforce": "privileged" }),
      ],
    ],
    [
      "a namespace leaves Istio's newer mesh",
      [
        noted("Namespace", {}, { "istio.io/dataplane-mode": "ambient" }),
        noted("Namespace", {}, { "istio.io/dataplane-mode": "none" }),
      ],
      "medium hardening: its pods get no proxy of the mesh (istio.io/dataplane-mode)",
    ],
  ]);
});
