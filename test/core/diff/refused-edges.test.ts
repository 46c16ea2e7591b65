// Where the line lies between what the API server takes and what it refuses.
import { object } from "./manifests.ts";
import { container, of, pod, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const refused = (...what: string[]) =>
  what.map((one) => `high refused-value: ${one}: the cluster will refuse it`);
const inPod = "spec.template.spec";
const scale = spec("apps/v1", "Deployment");
const secret = (body: object) => object("v1", "Secret", body);
const labelled = (kind: string, selector: object, labels?: object) =>
  object("apps/v1", kind, {
    spec: {
      selector,
      template: { metadata: { labels }, spec: { containers: [{ name: "x", image: "r/x:1" }] } },
    },
  });
const noted = (metadata: object) =>
  object("v1", "Service", { metadata: { name: "api", ...metadata } });
const name = (text: string) => container({}, { name: text });

describe("what the API server refuses", () => {
  saysOfRisks([
    ["none of them", scale({}, { revisionHistoryLimit: 0 })],
    [
      "a count that is a text",
      scale({}, { revisionHistoryLimit: "3" }),
      ...refused('spec.revisionHistoryLimit cannot be "3"'),
    ],
    [
      "a count that is a switch",
      scale({}, { progressDeadlineSeconds: true }),
      ...refused("spec.progressDeadlineSeconds cannot be true"),
    ],
    ["a count of a kind that nobody knows", spec("x.io/v1", "Farm")({}, { replicas: "apples" })],
    [
      "a list for a note of a kind that nobody knows",
      ["a", ["a"]].map((note) =>
        object("x.io/v1", "Farm", { metadata: { name: "a", annotations: { note } } }),
      ) as unknown as readonly [object, object],
      ...refused("annotations.note is a list and no text"),
    ],
    [
      "a switch of the name of a count",
      [[], object("v1", "ConfigMap", { data: { replicas: "x" } })],
    ],
    ["a secret of the name of a count", [[], secret({ stringData: { replicas: "x" } })]],
    [
      "a state of the name of a count",
      [[], object("apps/v1", "ControllerRevision", { data: { replicas: "x" } })],
    ],
    ...["data", "stringData"].map(
      (field) =>
        [
          `a number in ${field} of a Secret`,
          [[], secret({ [field]: { a: 1234 } })],
          ...refused(`${field}.a is no text`),
        ] as const,
    ),
    [
      "a text of a Secret that looks as what hides one",
      [[], object("v1", "ConfigMap", { data: { a: "(secret, no text)" } })],
    ],
    ["a label that is nothing", [noted({ labels: { a: "b" } }), noted({ labels: { a: null } })]],
    [
      "what runs no pods yet",
      [[], of("apps/v1", "Deployment", { spec: { selector: { matchLabels: { a: "b" } } } })],
    ],
    ["a count that is nothing", scale({}, { minReadySeconds: null })],
    ...(
      [
        [
          "a uid",
          { uid: "5b2c" },
          "metadata.uid is set: Flux fails where the object is not there yet, or is there with another one",
        ],
        [
          "a version of the cluster",
          { resourceVersion: "12" },
          "metadata.resourceVersion is set: Flux fails once the object there has another one",
        ],
        [
          "who wrote which fields",
          { managedFields: [{ manager: "kubectl" }] },
          "metadata.managedFields must be nil: the cluster will refuse it",
        ],
      ] as const
    ).map(
      ([what, more, text]) =>
        [what, [noted({}), noted(more)], `high refused-value: ${text}`] as const,
    ),
    [
      "none of these, as lists write it",
      [noted({}), noted({ uid: "", resourceVersion: "0", managedFields: null })],
    ],
    ["a uid that was there", [noted({ uid: "5b2c" }), noted({ uid: "5b2d" })]],
    [
      "a number of no port beyond those of ports",
      pod({})({ terminationGracePeriodSeconds: 65_536 }),
    ],
    [
      "a port of a node beyond all",
      container({}, { ports: [{ containerPort: 1, hostPort: 65_536 }] }),
      ...refused(`${inPod}.containers[0].ports[0].hostPort cannot be 65536`),
      "high pod-privilege: container a takes port 65536 of the node (hostPort)",
    ],
    ["a switch", pod({})({ hostUsers: true, automountServiceAccountToken: true })],
    [
      "a number for a switch",
      pod({})({ automountServiceAccountToken: 1 }),
      ...refused(`${inPod}.automountServiceAccountToken cannot be 1`),
    ],
    ["a switch that is nothing", pod({})({ hostNetwork: null })],
    ["a word that it knows", pod({})({ restartPolicy: "Always" })],
    ["a word that is a number", pod({})({ restartPolicy: 1 })],
    ["an amount that it knows", container({}, { resources: { requests: { cpu: "100m" } } })],
    [
      "an amount that is a mapping",
      container({}, { resources: { requests: { cpu: {} } } }),
      ...refused(`${inPod}.containers[0].resources.requests.cpu cannot be {}`),
    ],
    ["amounts that are none at all", container({}, { resources: { limits: "1Gi" } })],
    ["a text that is one", container({}, { env: [{ name: "A", value: "1" }] })],
    ["a text that is nothing", container({}, { env: [{ name: "A", value: null }] })],
    [
      "a text that is a list",
      container({}, { env: [{ name: "A", value: [] }] }),
      ...refused("env A is a list and no text"),
    ],
    [
      "two such texts",
      container(
        {},
        {
          env: [
            { name: "A", value: 1 },
            { name: "B", value: {} },
          ],
        },
      ),
      ...refused("env A is a number and no text", "env B is a mapping and no text"),
    ],
    ["the longest name", name("a".repeat(63))],
    [
      "a name that is too long",
      name("a".repeat(64)),
      ...refused(`a container cannot be named ${"a".repeat(64)}`),
    ],
    ["a name of one letter", name("b")],
    ["a name with digits", name("9b-8")],
    ["a name with a capital", name("aB"), ...refused("a container cannot be named aB")],
    ["a name that ends so", name("a-"), ...refused("a container cannot be named a-")],
    ["a name that begins so", name("-a"), ...refused("a container cannot be named -a")],
    [
      "an image that is a list",
      container({}, { image: [] }),
      ...refused("container a has no image"),
    ],
    [
      "an init container's name",
      pod({})({ initContainers: [{ name: "I", image: "r/i:1" }] }),
      ...refused("a container cannot be named I"),
    ],
    [
      "bytes that are text",
      [secret({ data: { a: "YQ==" } }), secret({ data: { a: "%" } })],
      ...refused("data.a is no base64"),
    ],
    ["text that is any", [secret({ stringData: { a: "b" } }), secret({ stringData: { a: "%" } })]],
    [
      "bytes of settings that are text",
      [
        object("v1", "ConfigMap", { data: { a: "b" } }),
        object("v1", "ConfigMap", { data: { a: "%" } }),
      ],
    ],
    [
      "fields by such names in settings",
      [
        object("v1", "ConfigMap", { data: {} }),
        object("v1", "ConfigMap", { data: { replicas: "many" } }),
      ],
    ],
    [
      "such fields of a definition",
      spec("apiextensions.k8s.io/v1", "CustomResourceDefinition")({}, { replicas: "many" }),
      "medium served-version: changes what all objects of that kind may look like",
    ],
    [
      "such fields of a revision",
      [
        of("apps/v1", "ControllerRevision", { revision: 1 }),
        of("apps/v1", "ControllerRevision", { revision: 2, replicas: "many" }),
      ],
    ],
    [
      "labels that are chosen by",
      scale({}, { paused: false, strategy: { matchLabels: { a: [] } } }),
      ...refused("matchLabels.a is a list and no text"),
    ],
    [
      "a note in a template",
      scale({}, { template: { metadata: { annotations: { a: {} } } } }),
      ...refused("annotations.a is a mapping and no text"),
    ],
    ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].map(
      (kind) =>
        [
          `its own pods, of a new ${kind}`,
          [[], labelled(kind, { matchLabels: { a: "b" } }, { a: "c" })],
          ...refused("its selector does not take the labels of its own pods"),
        ] as const,
    ),
    [
      "pods that it takes",
      [[], labelled("Deployment", { matchLabels: { a: "b" } }, { a: "b", c: "d" })],
    ],
    ["pods that are another's", [[], labelled("Job", { matchLabels: { a: "b" } }, { a: "c" })]],
    [
      "pods that it chooses by expressions alone",
      [[], labelled("Deployment", { matchExpressions: [{ key: "a", operator: "Exists" }] }, {})],
    ],
  ]);
});

describe("what cannot be changed", () => {
  const fixed = (what: string) =>
    `high immutable-field: changes ${what}, which cannot be changed: the cluster will refuse it, and Flux fails`;
  const job = spec("batch/v1", "Job");
  const bare = spec("v1", "Pod");
  const settings = (body: object) => object("v1", "ConfigMap", { immutable: true, ...body });
  const quota = spec("v1", "ResourceQuota");
  saysOfRisks([
    [
      "a part of it",
      scale({ selector: { matchLabels: { a: "b" } } }, { selector: { matchLabels: { a: "c" } } }),
      fixed("spec.selector"),
    ],
    ["a field that only begins so", scale({ selectors: 1 }, { selectors: 2 })],
    [
      "all that holds it",
      [
        of("storage.k8s.io/v1", "CSIDriver", { spec: { attachRequired: true } }),
        of("storage.k8s.io/v1", "CSIDriver", {}),
      ],
      fixed("spec.attachRequired, spec.volumeLifecycleModes"),
    ],
    [
      "two of them",
      [
        of("storage.k8s.io/v1", "StorageClass", {
          provisioner: "a",
          volumeBindingMode: "Immediate",
        }),
        of("storage.k8s.io/v1", "StorageClass", {
          provisioner: "b",
          volumeBindingMode: "WaitForFirstConsumer",
        }),
      ],
      fixed("provisioner, volumeBindingMode"),
    ],
    [
      "what is free beside them",
      quota({ scopes: ["a"], hard: { pods: 1 } }, { scopes: ["a"], hard: { pods: 2 } }),
    ],
    [
      "anything else of a Job",
      job({ parallelism: 1, a: 1 }, { parallelism: 1, a: 2 }),
      fixed("spec.a"),
    ],
    ["two things of a Job", job({ a: 1, b: 1 }, { a: 2, b: 2 }), fixed("spec.a, spec.b")],
    [
      "a note of a Job",
      [
        of("batch/v1", "Job", { metadata: { name: "a", annotations: {} } }),
        of("batch/v1", "Job", { metadata: { name: "a", annotations: { b: "c" } } }),
      ],
    ],
    [
      "an image of a Pod",
      bare(
        { containers: [{ name: "a", image: "r/a:1.0.0" }] },
        { containers: [{ name: "a", image: "r/a:1.0.1" }] },
      ),
    ],
    [
      "anything else of a Pod's container",
      bare(
        { containers: [{ name: "a", image: "r/a:1.0.0" }] },
        { containers: [{ name: "a", image: "r/a:1.0.0", tty: true }] },
      ),
      fixed("spec.containers"),
    ],
    [
      "an image of a Pod's init container",
      bare(
        { initContainers: [{ name: "a", image: "r/a:1.0.0" }] },
        { initContainers: [{ name: "a", image: "r/a:1.0.1" }] },
      ),
    ],
    ["when a Pod ends", bare({ activeDeadlineSeconds: 9 }, { activeDeadlineSeconds: 8 })],
    ["settings", [settings({ data: { a: "1" } }), settings({ data: { a: "2" } })], fixed("data")],
    [
      "bytes of settings",
      [settings({ binaryData: { a: "YQ==" } }), settings({ binaryData: { a: "Yg==" } })],
      fixed("binaryData"),
    ],
    ["that they are so", [settings({}), object("v1", "ConfigMap", {})], fixed("immutable")],
    [
      "settings that become so",
      [object("v1", "ConfigMap", { data: { a: "1" } }), settings({ data: { a: "2" } })],
    ],
    [
      "a note of settings",
      [
        settings({}),
        settings({ metadata: { name: "api", namespace: "shop", labels: { a: "b" } } }),
      ],
    ],
    [
      "another kind by the name of one",
      spec("example.com/v1", "Deployment")({ selector: 1 }, { selector: 2 }),
    ],
    [
      "a claim's class of attributes",
      spec("v1", "PersistentVolumeClaim")(
        { volumeAttributesClassName: "a" },
        { volumeAttributesClassName: "b" },
      ),
    ],
    [
      "a claim's mode",
      spec("v1", "PersistentVolumeClaim")({ volumeMode: "Block" }, { volumeMode: "Filesystem" }),
      fixed("spec.volumeMode"),
    ],
    [
      "a claim as large",
      spec("v1", "PersistentVolumeClaim")(
        { resources: { requests: { storage: "1Gi" } } },
        { resources: { requests: { storage: "1024Mi" } } },
      ),
    ],
    [
      "a volume's source",
      spec("v1", "PersistentVolume")({ nfs: { server: "a" } }, { nfs: { server: "b" } }),
      fixed("spec.nfs"),
    ],
    [
      "a volume's room",
      spec("v1", "PersistentVolume")(
        { capacity: { storage: "1Gi" } },
        { capacity: { storage: "2Gi" } },
      ),
    ],
    [
      "all addresses of a Service",
      spec("v1", "Service")({ clusterIPs: ["10.0.0.1"] }, { clusterIPs: ["10.0.0.2"] }),
      fixed("spec.clusterIPs"),
    ],
  ]);
});
