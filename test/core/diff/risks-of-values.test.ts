import { deployment, object } from "./manifests.ts";
import { container, of, pod, spec, withPod } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const refused = (...what: string[]) =>
  what.map((one) => `high refused-value: ${one}: the cluster will refuse it`);
const at = "spec.template.spec.containers[0]";
const scale = spec("apps/v1", "Deployment");
const fixed = (what: string) =>
  `high immutable-field: changes ${what}, which cannot be changed: the cluster will refuse it, and Flux fails`;
const meta = (metadata: object) =>
  object("v1", "Service", { metadata: { name: "api", namespace: "shop", ...metadata } });
const image = (from: string, to: string) => container({ image: from }, { image: to });
const keeping = (from: string, to: string) =>
  [from, to].map((one) =>
    withPod(
      { volumes: [{ name: "d", persistentVolumeClaim: { claimName: "c" } }] },
      { image: one },
    ),
  ) as unknown as readonly [object, object];
const digest = `@sha256:${"a".repeat(64)}`;

describe("what is said of values that cannot be", () => {
  saysOfRisks([
    ["a number for a label: Flux writes it as a text", [meta({}), meta({ labels: { a: 1 } })]],
    [
      "a list for a note",
      [meta({}), meta({ annotations: { a: [1] } })],
      ...refused("annotations.a is a list and no text"),
    ],
    [
      "a mapping for a note",
      [meta({}), meta({ annotations: { a: {} } })],
      ...refused("annotations.a is a mapping and no text"),
    ],
    [
      "a switch for a note: Flux writes it as a text",
      [meta({}), meta({ annotations: { a: true } })],
    ],
    ["nothing for a note", [meta({}), meta({ annotations: { a: null } })]],
    ["what was refused before", [meta({ labels: { a: [] } }), meta({ labels: { a: [], b: "c" } })]],
    [
      "settings",
      [of("v1", "ConfigMap", { data: {} }), of("v1", "ConfigMap", { data: { a: true } })],
      ...refused("data.a is a boolean and no text"),
    ],
    [
      "replicas below none",
      scale({ replicas: 1 }, { replicas: -1 }),
      ...refused("spec.replicas cannot be -1"),
    ],
    [
      "half a pod",
      scale({ replicas: 2 }, { replicas: 1.5 }),
      ...refused("spec.replicas cannot be 1.5"),
    ],
    [
      "a port that there is not",
      container({}, { ports: [{ containerPort: 65_536 }] }),
      ...refused(`${at}.ports[0].containerPort cannot be 65536`),
    ],
    ["the last port", container({}, { ports: [{ containerPort: 65_535 }] })],
    [
      "a word for a switch",
      pod({})({ hostNetwork: "yes" }),
      ...refused('spec.template.spec.hostNetwork cannot be "yes"'),
    ],
    [
      "a pull policy",
      container({}, { imagePullPolicy: "always" }),
      ...refused(`${at}.imagePullPolicy cannot be always`),
    ],
    [
      "a way to restart",
      pod({})({ restartPolicy: "Sometimes" }),
      ...refused("spec.template.spec.restartPolicy cannot be Sometimes"),
    ],
    [
      "a protocol",
      container({}, { ports: [{ containerPort: 1, protocol: "tcp" }] }),
      ...refused(`${at}.ports[0].protocol cannot be tcp`),
    ],
    [
      "a way of names",
      pod({})({ dnsPolicy: "Cluster" }),
      ...refused("spec.template.spec.dnsPolicy cannot be Cluster"),
      "medium exposure: its pods find hosts by other rules (dnsPolicy)",
    ],
    [
      "a policy of runs",
      spec("batch/v1", "CronJob")({ concurrencyPolicy: "Forbid" }, { concurrencyPolicy: "Never" }),
      ...refused("spec.concurrencyPolicy cannot be Never"),
    ],
    [
      "a kind of sessions",
      spec("v1", "Service")({}, { sessionAffinity: "Cookie" }),
      ...refused("spec.sessionAffinity cannot be Cookie"),
    ],
    [
      "a kind of path",
      spec("networking.k8s.io/v1", "Ingress")(
        {},
        { rules: [{ http: { paths: [{ pathType: "Regex" }] } }] },
      ),
      ...refused("spec.rules[0].http.paths[0].pathType cannot be Regex"),
    ],
    [
      "an amount",
      container({}, { resources: { limits: { memory: "1 GB" } } }),
      ...refused(`${at}.resources.limits.memory cannot be 1 GB`),
    ],
    ["an amount that is none", container({}, { resources: { limits: { memory: null } } })],
    [
      "labels to choose nodes by",
      pod({})({ nodeSelector: { a: true } }),
      ...refused("nodeSelector.a is a boolean and no text"),
      "medium rollout: its pods run on nodes with a=true alone: where none is free they wait",
    ],
    [
      "labels of the template",
      [
        deployment(),
        object("apps/v1", "Deployment", {
          spec: {
            template: {
              metadata: { labels: { a: 1 } },
              spec: { containers: [{ name: "api", image: "registry.fabrikam.com/api:1.0.0" }] },
            },
          },
        }),
      ],
      ...refused("labels.a is a number and no text"),
    ],
    [
      "a variable",
      container({}, { env: [{ name: "A", value: true }] }),
      ...refused("env A is a boolean and no text"),
    ],
    [
      "a name with a dot",
      container({}, { name: "a.b" }),
      ...refused("a container cannot be named a.b"),
    ],
    [
      "no name",
      container({}, { name: undefined }),
      ...refused("a container cannot be named nothing"),
    ],
    ["a name that Flux puts in", container({}, { name: "a-${b}" })],
    ["no image", container({}, { image: "" }), ...refused("container a has no image")],
    [
      "its own pods",
      [
        scale({}, { selector: { matchLabels: { a: "b" } } })[0],
        object("apps/v1", "Deployment", {
          spec: {
            selector: { matchLabels: { a: "b" } },
            template: {
              metadata: { labels: { a: "c" } },
              spec: { containers: [{ name: "x", image: "r/x:1" }] },
            },
          },
        }),
      ],
      ...refused("its selector does not take the labels of its own pods"),
      fixed("spec.selector"),
    ],
    [
      "anything of a kind that nobody knows",
      spec("example.com/v1", "Farm")({}, { replicas: "many", hostNetwork: "yes" }),
    ],
  ]);
});

describe("what is said of what cannot be changed", () => {
  saysOfRisks([
    [
      "the selector of a DaemonSet",
      spec("apps/v1", "DaemonSet")({ selector: { a: "b" } }, { selector: { a: "c" } }),
      fixed("spec.selector"),
    ],
    [
      "claims of a StatefulSet",
      spec("apps/v1", "StatefulSet")({ serviceName: "a" }, { serviceName: "b" }),
      fixed("spec.serviceName"),
    ],
    ["replicas of a StatefulSet", spec("apps/v1", "StatefulSet")({ replicas: 3 }, { replicas: 4 })],
    [
      "how many of a Job are done",
      spec("batch/v1", "Job")({ completions: 1 }, { completions: 2 }),
      fixed("spec.completions"),
    ],
    ["how many of a Job run", spec("batch/v1", "Job")({ parallelism: 1 }, { parallelism: 2 })],
    [
      "who has a role",
      [
        of("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { name: "a" } }),
        of("rbac.authorization.k8s.io/v1", "RoleBinding", { roleRef: { name: "b" } }),
      ],
      fixed("roleRef"),
    ],
    [
      "who makes volumes",
      [
        of("storage.k8s.io/v1", "StorageClass", { provisioner: "a" }),
        of("storage.k8s.io/v1", "StorageClass", { provisioner: "b" }),
      ],
      fixed("provisioner"),
    ],
    [
      "which controller a class has",
      spec("networking.k8s.io/v1", "IngressClass")({ controller: "a" }, { controller: "b" }),
      fixed("spec.controller"),
    ],
    [
      "how high a priority is",
      [
        of("scheduling.k8s.io/v1", "PriorityClass", { value: 1 }),
        of("scheduling.k8s.io/v1", "PriorityClass", { value: 2 }),
      ],
      fixed("value"),
    ],
    [
      "the scopes of a quota",
      spec("v1", "ResourceQuota")({ scopes: ["a"] }, { scopes: ["b"] }),
      fixed("spec.scopes"),
    ],
    [
      "the address of a Service",
      spec("v1", "Service")({ clusterIP: "10.0.0.1" }, { clusterIP: "10.0.0.2" }),
      fixed("spec.clusterIP"),
    ],
    ["an address that the cluster gave", spec("v1", "Service")({ clusterIP: "10.0.0.1" }, {})],
    [
      "nodes of a volume",
      spec("v1", "PersistentVolume")({ nodeAffinity: { a: 1 } }, { nodeAffinity: { a: 2 } }),
      fixed("spec.nodeAffinity"),
    ],
    [
      "nodes of a volume for the first time",
      spec("v1", "PersistentVolume")({}, { nodeAffinity: { a: 2 } }),
    ],
    [
      "a Pod's node",
      spec("v1", "Pod")({ nodeName: "a" }, { nodeName: "b" }),
      fixed("spec.nodeName"),
    ],
    [
      "what a Pod tolerates, once more",
      spec("v1", "Pod")(
        { tolerations: [{ key: "a" }] },
        { tolerations: [{ key: "a" }, { key: "b" }] },
      ),
    ],
    [
      "what a Pod tolerates, for another time",
      spec("v1", "Pod")(
        { tolerations: [{ key: "a", tolerationSeconds: 1 }] },
        { tolerations: [{ key: "a", tolerationSeconds: 2 }] },
      ),
    ],
    [
      "what a Pod tolerates no more",
      spec("v1", "Pod")({ tolerations: [{ key: "a" }] }, { tolerations: [{ key: "b" }] }),
      fixed("spec.tolerations"),
    ],
    [
      "a claim that grows",
      spec("v1", "PersistentVolumeClaim")(
        { resources: { requests: { storage: "1Gi" } } },
        { resources: { requests: { storage: "2Gi" } } },
      ),
    ],
    [
      "a claim that shrinks",
      spec("v1", "PersistentVolumeClaim")(
        { resources: { requests: { storage: "2Gi" } } },
        { resources: { requests: { storage: "1Gi" } } },
      ),
      "high immutable-field: asks for 1Gi instead of 2Gi: a claim cannot get smaller, the cluster will refuse it, and Flux fails",
    ],
    [
      "what Flux may make anew",
      [
        object("v1", "Secret", {
          type: "a",
          metadata: {
            name: "api",
            annotations: { "kustomize.toolkit.fluxcd.io/force": "Enabled" },
          },
        }),
        object("v1", "Secret", {
          type: "b",
          metadata: {
            name: "api",
            annotations: { "kustomize.toolkit.fluxcd.io/force": "Enabled" },
          },
        }),
      ],
      "high immutable-field: changes type, which cannot be changed: Flux deletes and recreates the object",
    ],
    [
      "what Flux may make anew, as a label says",
      ["a", "b"].map((type) =>
        object("v1", "Secret", {
          type,
          metadata: { name: "api", labels: { "kustomize.toolkit.fluxcd.io/force": "enabled" } },
        }),
      ) as [object, object],
      "high immutable-field: changes type, which cannot be changed: Flux deletes and recreates the object",
    ],
  ]);
});

describe("what is said of images", () => {
  const is = (text: string) => `medium image: image ${text}`;
  saysOfRisks([
    ["a newer one", image("r/a:1.9.0", "r/a:1.10.0")],
    ["an older one", image("r/a:1.10.0", "r/a:1.9.0"), is("r/a goes back from 1.10.0 to 1.9.0")],
    [
      "an older patch",
      image("r/a:v1.2.3", "r/a:v1.2.2"),
      is("r/a goes back from v1.2.3 to v1.2.2"),
    ],
    [
      "a candidate of it",
      image("r/a:1.2.3", "r/a:1.2.3-rc.1"),
      is("r/a goes back from 1.2.3 to 1.2.3-rc.1"),
    ],
    ["what a candidate became", image("r/a:1.2.3-rc.1", "r/a:1.2.3")],
    ["another base", image("r/a:1.2.3", "r/a:1.2.3-alpine")],
    ["no version", image("r/a:main-2", "r/a:main-1")],
    [
      "no tag",
      image("r/a:1.0.0", "r/a"),
      is("r/a has the tag latest, which can move to other content"),
    ],
    [
      "latest",
      image("r/a:1.0.0", "r/a:latest"),
      is("r/a has the tag latest, which can move to other content"),
    ],
    ["pinned", image("r/a:1.0.0", `r/a:1.0.0${digest}`)],
    [
      "no longer pinned",
      image(`r/a:1.0.0${digest}`, "r/a:1.0.1"),
      is("r/a is no longer pinned by its digest"),
    ],
    ["from elsewhere", image("r/a:1.0.0", "q/a:0.9.0"), is("q/a replaces r/a: another repository")],
    [
      "another major version of what keeps data",
      keeping("r/a:15.1", "r/a:16.0"),
      is("r/a goes from 15.1 to 16.0: another major version of what keeps data"),
    ],
    ["a first version of what keeps data", keeping("r/a:0.9", "r/a:1.0")],
    [
      "another version of nodes",
      spec("controlplane.cluster.x-k8s.io/v1beta1", "KubeadmControlPlane")(
        { version: "v1.30.1" },
        { version: "v1.30.2" },
      ),
      "medium image: restarts or replaces nodes: from v1.30.1 to v1.30.2 (spec.version)",
    ],
    [
      "another version of a chart that Cluster API puts on clusters",
      spec("addons.cluster.x-k8s.io/v1alpha1", "HelmChartProxy")(
        { version: "1.0.0" },
        { version: "1.1.0" },
      ),
    ],
    [
      "another version of the API of what it refers to",
      spec("cluster.x-k8s.io/v1beta1", "Cluster")(
        { infrastructureRef: { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta1" } },
        { infrastructureRef: { apiVersion: "infrastructure.cluster.x-k8s.io/v1beta2" } },
      ),
    ],
    ["a number of a build of what keeps data", keeping("r/a:1001", "r/a:1002")],
    [
      "from elsewhere, of what keeps data",
      keeping("r/a:15.1", "q/a:16.1"),
      is("q/a replaces r/a: another repository"),
    ],
  ]);
});
