import assert from "node:assert/strict";
import { deployment, editLines, object } from "./manifests.ts";

type Lists = (...order: number[]) => object;
type Row = readonly [what: string, made: Lists];

const rbac = "rbac.authorization.k8s.io/v1";
const hooks = "admissionregistration.k8s.io/v1";
const named = (names: readonly number[]) => names.map((n) => ({ name: `n${n}` }));
const texts = (names: readonly number[]) => names.map((n) => `t${n}`);
const inPod =
  (field: string, item: (n: number) => unknown): Lists =>
  (...order) =>
    object("apps/v1", "Deployment", {
      spec: { template: { spec: { containers: [{ name: "a" }], [field]: order.map(item) } } },
    });
const inContainer =
  (field: string, item: (n: number) => unknown): Lists =>
  (...order) =>
    deployment({ [field]: order.map(item) });
const inSpec =
  (api: string, kind: string, made: (order: readonly number[]) => object): Lists =>
  (...order) =>
    object(api, kind, { spec: made(order) });
const affine =
  (made: (order: readonly number[]) => object): Lists =>
  (...order) =>
    object("apps/v1", "Deployment", {
      spec: { template: { spec: { containers: [{ name: "a" }], affinity: made(order) } } },
    });
const zone = (n: number) => ({ key: `zone${n}`, operator: "Exists" });
const term = (n: number) => ({ matchExpressions: [zone(n)] });
const spread = (n: number) => ({
  topologyKey: `k${n}`,
  labelSelector: { matchLabels: { n: `${n}` } },
});
const rule = (n: number) => ({ apiGroups: [""], resources: [`r${n}`], verbs: ["get"] });

/** Where any order means the same to the API server and to what reads the kind. */
const anyOrder: readonly Row[] = [
  ["volumes", inPod("volumes", (n) => ({ name: `v${n}`, emptyDir: {} }))],
  ["pull secrets", inPod("imagePullSecrets", (n) => ({ name: `s${n}` }))],
  ["tolerations", inPod("tolerations", (n) => ({ key: `k${n}`, operator: "Exists" }))],
  ["host aliases", inPod("hostAliases", (n) => ({ ip: `10.0.0.${n}`, hostnames: ["a"] }))],
  ["spreading", inPod("topologySpreadConstraints", spread)],
  ["variables that read no other", inContainer("env", (n) => ({ name: `E${n}`, value: "x" }))],
  ["mounts", inContainer("volumeMounts", (n) => ({ name: "v", mountPath: `/m${n}` }))],
  ["devices", inContainer("volumeDevices", (n) => ({ name: "v", devicePath: `/d${n}` }))],
  [
    "capabilities added",
    (...order) => deployment({ securityContext: { capabilities: { add: texts(order) } } }),
  ],
  [
    "capabilities dropped",
    (...order) => deployment({ securityContext: { capabilities: { drop: texts(order) } } }),
  ],
  [
    "addresses that may call",
    inSpec("v1", "Service", (o) => ({ loadBalancerSourceRanges: texts(o) })),
  ],
  ["addresses of a Service", inSpec("v1", "Service", (o) => ({ externalIPs: texts(o) }))],
  ["secrets of an account", (...o) => object("v1", "ServiceAccount", { secrets: named(o) })],
  ["modes of a volume", inSpec("v1", "PersistentVolume", (o) => ({ accessModes: texts(o) }))],
  [
    "finalizers",
    (...o) => object("v1", "Service", { metadata: { name: "api", finalizers: texts(o) } }),
  ],
  [
    "owners",
    (...o) =>
      object("v1", "Service", {
        metadata: { name: "api", ownerReferences: o.map((n) => ({ uid: `${n}` })) },
      }),
  ],
  [
    "subjects of a binding",
    (...o) =>
      object(rbac, "RoleBinding", { subjects: o.map((n) => ({ kind: "User", name: `u${n}` })) }),
  ],
  ["rules of a role", (...o) => object(rbac, "Role", { rules: o.map(rule) })],
  ["rules of a cluster's role", (...o) => object(rbac, "ClusterRole", { rules: o.map(rule) })],
  ["verbs", (...o) => object(rbac, "Role", { rules: [{ ...rule(1), verbs: texts(o) }] })],
  ["resources", (...o) => object(rbac, "Role", { rules: [{ ...rule(1), resources: texts(o) }] })],
  ["groups", (...o) => object(rbac, "Role", { rules: [{ ...rule(1), apiGroups: texts(o) }] })],
  [
    "names of resources",
    (...o) => object(rbac, "Role", { rules: [{ ...rule(1), resourceNames: texts(o) }] }),
  ],
  [
    "paths that a role opens",
    (...o) =>
      object(rbac, "ClusterRole", { rules: [{ nonResourceURLs: texts(o), verbs: ["get"] }] }),
  ],
  [
    "directions of a policy",
    inSpec("networking.k8s.io/v1", "NetworkPolicy", (o) => ({ policyTypes: texts(o) })),
  ],
  [
    "what a policy lets in",
    inSpec("networking.k8s.io/v1", "NetworkPolicy", (o) => ({
      ingress: o.map((n) => ({ from: [{ ipBlock: { cidr: `10.0.${n}.0/24` } }] })),
    })),
  ],
  [
    "what a policy lets out",
    inSpec("networking.k8s.io/v1", "NetworkPolicy", (o) => ({
      egress: o.map((n) => ({ to: [{ ipBlock: { cidr: `10.0.${n}.0/24` } }] })),
    })),
  ],
  [
    "from where a policy lets in",
    inSpec("networking.k8s.io/v1", "NetworkPolicy", (o) => ({
      ingress: [{ from: o.map((n) => ({ ipBlock: { cidr: `10.0.${n}.0/24` } })) }],
    })),
  ],
  [
    "where a policy lets out",
    inSpec("networking.k8s.io/v1", "NetworkPolicy", (o) => ({
      egress: [{ to: o.map((n) => ({ ipBlock: { cidr: `10.0.${n}.0/24` } })) }],
    })),
  ],
  [
    "hosts of an Ingress",
    inSpec("networking.k8s.io/v1", "Ingress", (o) => ({
      rules: o.map((n) => ({ host: `h${n}` })),
    })),
  ],
  [
    "certificates of an Ingress",
    inSpec("networking.k8s.io/v1", "Ingress", (o) => ({
      tls: o.map((n) => ({ secretName: `s${n}` })),
    })),
  ],
  [
    "hosts of a certificate",
    inSpec("networking.k8s.io/v1", "Ingress", (o) => ({
      tls: [{ secretName: "s", hosts: texts(o) }],
    })),
  ],
  [
    "what an autoscaler looks at",
    inSpec("autoscaling/v2", "HorizontalPodAutoscaler", (o) => ({
      metrics: o.map((n) => ({ type: "Resource", resource: { name: `r${n}` } })),
    })),
  ],
  [
    "how fast an autoscaler goes",
    inSpec("autoscaling/v2", "HorizontalPodAutoscaler", (o) => ({
      behavior: { scaleUp: { policies: o.map((n) => ({ type: `t${n}`, value: n })) } },
    })),
  ],
  [
    "webhooks that only refuse",
    (...o) => object(hooks, "ValidatingWebhookConfiguration", { webhooks: named(o) }),
  ],
  [
    "what a webhook is asked about",
    (...o) =>
      object(hooks, "MutatingWebhookConfiguration", {
        webhooks: [{ name: "w", rules: o.map((n) => ({ resources: [`r${n}`] })) }],
      }),
  ],
  [
    "what a webhook that refuses is asked about",
    (...o) =>
      object(hooks, "ValidatingWebhookConfiguration", {
        webhooks: [{ name: "w", rules: o.map((n) => ({ resources: [`r${n}`] })) }],
      }),
  ],
  [
    "operations and versions of a webhook",
    (...o) =>
      object(hooks, "ValidatingWebhookConfiguration", {
        webhooks: [{ name: "w", rules: [{ operations: texts(o), resources: ["r"] }] }],
      }),
  ],
  [
    "versions that a webhook is asked about",
    (...o) =>
      object(hooks, "ValidatingWebhookConfiguration", {
        webhooks: [{ name: "w", rules: [{ apiVersions: texts(o), resources: ["r"] }] }],
      }),
  ],
  [
    "short names of a kind",
    inSpec("apiextensions.k8s.io/v1", "CustomResourceDefinition", (o) => ({
      names: { shortNames: texts(o) },
    })),
  ],
  [
    "categories of a kind",
    inSpec("apiextensions.k8s.io/v1", "CustomResourceDefinition", (o) => ({
      names: { categories: texts(o) },
    })),
  ],
  [
    "nodes that do",
    affine((o) => ({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: o.map(term) },
      },
    })),
  ],
  [
    "what a node must be",
    affine((o) => ({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: o.map(zone) }],
        },
      },
    })),
  ],
  [
    "which node it must be",
    affine((o) => ({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: o.map(zone) }],
        },
      },
    })),
  ],
  [
    "zones in an expression",
    affine((o) => ({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ ...zone(1), values: texts(o) }] }],
        },
      },
    })),
  ],
  [
    "pods that must be near",
    affine((o) => ({
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: o.map((n) => ({ topologyKey: `k${n}` })),
      },
    })),
  ],
  [
    "namespaces of pods that must be near",
    affine((o) => ({
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: "k", namespaces: texts(o) },
        ],
      },
    })),
  ],
  [
    "pods that had better be far",
    affine((o) => ({
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: o.map((n) => ({ weight: n })),
      },
    })),
  ],
  [
    "what Flux waits for first",
    inSpec("kustomize.toolkit.fluxcd.io/v1", "Kustomization", (o) => ({ dependsOn: named(o) })),
  ],
  [
    "what Flux looks at after",
    inSpec("kustomize.toolkit.fluxcd.io/v1", "Kustomization", (o) => ({
      healthChecks: o.map((n) => ({ apiVersion: "v1", kind: "Service", name: `n${n}` })),
    })),
  ],
  [
    "variables of a container of a kind that nobody knows",
    inSpec("argoproj.io/v1alpha1", "Rollout", (o) => ({
      template: { spec: { containers: [{ name: "a", env: named(o) }] } },
    })),
  ],
  [
    "mounts of an init container of a kind that nobody knows",
    inSpec("argoproj.io/v1alpha1", "Rollout", (o) => ({
      template: {
        spec: {
          initContainers: [{ name: "a", volumeMounts: o.map((n) => ({ mountPath: `/${n}` })) }],
        },
      },
    })),
  ],
];

/** Where the order decides, or may. */
const ordered: readonly Row[] = [
  ["arguments", inContainer("args", (n) => `t${n}`)],
  ["a command", inContainer("command", (n) => `t${n}`)],
  ["sources of variables", inContainer("envFrom", (n) => ({ configMapRef: { name: `c${n}` } }))],
  ["init containers", inPod("initContainers", (n) => ({ name: `i${n}` }))],
  [
    "webhooks that change",
    (...o) => object(hooks, "MutatingWebhookConfiguration", { webhooks: named(o) }),
  ],
  [
    "patches of Flux",
    inSpec("kustomize.toolkit.fluxcd.io/v1", "Kustomization", (o) => ({
      patches: o.map((n) => ({ patch: `p${n}` })),
    })),
  ],
  [
    "values of a release",
    inSpec("helm.toolkit.fluxcd.io/v2", "HelmRelease", (o) => ({
      valuesFrom: o.map((n) => ({ kind: "Secret", name: `s${n}` })),
    })),
  ],
  [
    "volumes in a release's values",
    inSpec("helm.toolkit.fluxcd.io/v2", "HelmRelease", (o) => ({ values: { volumes: named(o) } })),
  ],
  [
    "variables of a kind that nobody knows",
    inSpec("example.com/v1", "Job", (o) => ({ env: named(o) })),
  ],
  [
    "volumes of a kind that nobody knows",
    inSpec("argoproj.io/v1alpha1", "Rollout", (o) => ({
      template: { spec: { volumes: named(o) } },
    })),
  ],
  [
    "variables beside what only sounds like containers",
    inSpec("example.com/v1", "Farm", (o) => ({ mycontainers: [{ name: "a", env: named(o) }] })),
  ],
  [
    "variables of what containers are put in",
    inSpec("example.com/v1", "Farm", (o) => ({ containersets: [{ name: "a", env: named(o) }] })),
  ],
  [
    "rules of another's policy",
    inSpec("example.com/v1", "NetworkPolicy", (o) => ({
      ingress: o.map((n) => ({ from: [{ cidr: `10.0.${n}.0/24` }] })),
    })),
  ],
  [
    "ways of a role's kind in another group",
    (...o) => object("example.com/v1", "Role", { rules: o.map(rule) }),
  ],
];

describe("another order of a list", () => {
  for (const [what, made] of anyOrder) {
    it(`changes nothing: ${what}`, () => {
      const lines = editLines([made(1, 2, 3)], [made(3, 1, 2)]);
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0] ?? "", /^reordered .*\(order\)$/);
    });
  }
  for (const [what, made] of ordered) {
    it(`counts: ${what}`, () => {
      const lines = editLines([made(1, 2, 3)], [made(3, 1, 2)]);
      assert.ok(lines.length > 0);
      for (const line of lines) assert.doesNotMatch(line, /\)$/);
    });
  }

  it("hides none that changed among those that moved: of a policy's rules that one alone is shown", () => {
    const from = (...blocks: string[]) =>
      object("networking.k8s.io/v1", "NetworkPolicy", {
        spec: { ingress: blocks.map((cidr) => ({ from: [{ ipBlock: { cidr } }] })) },
      });
    assert.deepEqual(
      editLines([from("10.1.0.0/16", "10.2.0.0/16")], [from("10.2.0.0/16", "0.0.0.0/0")]),
      [
        'reordered spec.ingress -[{"from":[{"ipBlock":{"cidr":"10.1.0.0/16"}}]},{"from":[{"ipBlock":{"cidr":"10.2.0.0/16"}}]}] +[{"from":[{"ipBlock":{"cidr":"10.2.0.0/16"}}]},{"from":[{"ipBlock":{"cidr":"0.0.0.0/0"}}]}] (order)',
        'changed spec.ingress[#2].from[#1].ipBlock.cidr -"10.1.0.0/16" +"0.0.0.0/0"',
      ],
    );
  });

  it("hides none that comes twice: equal rules are as many as there are", () => {
    const from = (...blocks: string[]) =>
      object("networking.k8s.io/v1", "NetworkPolicy", {
        spec: { ingress: blocks.map((cidr) => ({ from: [{ ipBlock: { cidr } }] })) },
      });
    assert.deepEqual(editLines([from("10.1.0.0/16", "10.1.0.0/16")], [from("10.1.0.0/16")]), [
      'removed spec.ingress[#2] -{"from":[{"ipBlock":{"cidr":"10.1.0.0/16"}}]}',
    ]);
  });
});
