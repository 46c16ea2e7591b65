import { object } from "./manifests.ts";
import { container, of, pod, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const nginx = "nginx.ingress.kubernetes.io";
const guarded = (annotations: object, spec: object = {}) =>
  object("networking.k8s.io/v1", "Ingress", {
    metadata: { name: "api", namespace: "shop", annotations },
    spec,
  });
const by = (name: string, before: string, after: string) =>
  [guarded({ [`${nginx}/${name}`]: before }), guarded({ [`${nginx}/${name}`]: after })] as const;
const otherwise = (name: string, before: string, after: string) =>
  `medium exposure: guards itself otherwise: ${nginx}/${name} from ${before} to ${after}`;
const tls = { tls: [{ hosts: ["a.b"], secretName: "t" }] };
const issued = (name?: string) =>
  guarded(name === undefined ? {} : { "cert-manager.io/cluster-issuer": name }, tls);
const goes = "is removed, and Flux deletes it where it prunes";
const removed = (api: string, kind: string) => [of(api, kind), []] as const;

describe("what is said of guards that become others", () => {
  saysOfRisks([
    [
      "more addresses",
      by("whitelist-source-range", "10.0.0.0/8", "10.0.0.0/8, 0.0.0.0/0"),
      otherwise("whitelist-source-range", "10.0.0.0/8", "10.0.0.0/8, 0.0.0.0/0"),
    ],
    ["fewer addresses", by("whitelist-source-range", "10.0.0.0/8,11.0.0.0/8", "10.1.0.0/16")],
    [
      "fewer addresses that are kept out",
      by("denylist-source-range", "10.0.0.0/8", "10.1.0.0/16"),
      otherwise("denylist-source-range", "10.0.0.0/8", "10.1.0.0/16"),
    ],
    ["more addresses that are kept out", by("denylist-source-range", "10.1.0.0/16", "10.0.0.0/8")],
    ["another limit", by("limit-rps", "5", "6")],
    [
      "a certificate that nobody renews",
      [issued("le"), issued()],
      "medium exposure: has its certificate issued no more (cert-manager.io)",
    ],
    [
      "another issuer",
      [issued("le"), issued("own")],
      "medium exposure: is issued by own instead of le: who trusts that one?",
    ],
    ["a certificate that comes", [issued(), issued("le")]],
    [
      "a sandbox",
      pod({ runtimeClassName: "gvisor" })({}),
      "medium hardening: no longer runs by its runtime class gvisor (runtimeClassName)",
    ],
    [
      "the same sandbox",
      pod({ runtimeClassName: "gvisor", nodeName: "a" })({ runtimeClassName: "gvisor" }),
    ],
    ...[0, 1].map((at) => {
      const pods = { shareProcessNamespace: true, hostUsers: false, containers: [{ name: "a" }] };
      const sides = [{ workloadRef: { name: "a" } }, { template: { spec: pods } }] as const;
      const [before, after] = at === 0 ? sides : [sides[1], sides[0]];
      const rollout = spec("argoproj.io/v1alpha1", "Rollout");
      return [`pods that ${at === 0 ? "come" : "go"} here`, rollout(before, after)] as const;
    }),
    [
      "new pods without a mesh",
      [
        [],
        of("apps/v1", "Deployment", {
          spec: {
            template: {
              metadata: { annotations: { "sidecar.istio.io/inject": "false" } },
              spec: { containers: [{ name: "a", image: "r/a:1" }] },
            },
          },
        }),
      ],
    ],
    [
      "a container whose secret goes with all that it was told",
      container({ env: [{ name: "A", valueFrom: { secretKeyRef: { name: "s" } } }] }, {}),
    ],
    [
      "a secret in clear beside other variables",
      container(
        {
          env: [
            { name: "A", valueFrom: { secretKeyRef: { name: "s" } } },
            { name: "B", value: "1" },
          ],
        },
        {
          env: [
            { name: "A", value: "x" },
            { name: "B", value: "1" },
          ],
        },
      ),
      "medium hardening: takes A from a text in git, before from a Secret",
    ],
    ["a sandbox that comes", pod({})({ runtimeClassName: "gvisor" })],
  ]);

  describe("and of values beside encrypted ones", () => {
    const sops = { mac: "x" };
    const encrypted = "ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]";
    const secret = (stringData: object) => of("v1", "Secret", { sops, stringData });
    const plain =
      "high secret-in-clear: holds values that SOPS did not encrypt (b): they stand in git for all who read it";
    saysOfRisks([
      ["one that is new", [secret({ a: encrypted }), secret({ a: encrypted, b: "x" })], plain],
      ["one that was encrypted", [secret({ b: encrypted }), secret({ b: "x" })], plain],
      ["one of a new Secret", [[], secret({ a: encrypted, b: "x" })], plain],
      ["one that was plain", [secret({ b: "x" }), secret({ b: "y" })]],
      ["an empty one", [secret({ a: encrypted }), secret({ a: encrypted, b: "" })]],
      ["only encrypted ones", [secret({ a: encrypted }), secret({ a: encrypted, b: encrypted })]],
    ]);
  });

  describe("and of what goes with its object", () => {
    const data = `high removal: ${goes}: its operator may delete the data behind it`;
    saysOfRisks([
      ["measurements", removed("monitoring.coreos.com/v1", "Prometheus"), data],
      [
        "rules alone",
        removed("monitoring.coreos.com/v1", "PrometheusRule"),
        `medium removal: ${goes}`,
      ],
      ["a virtual machine", removed("kubevirt.io/v1", "VirtualMachine"), data],
      [
        "nodes",
        removed("cluster.x-k8s.io/v1beta1", "MachineDeployment"),
        `high removal: ${goes}: the machines behind it may go with it`,
      ],
      [
        "what makes nodes",
        removed("karpenter.sh/v1", "NodePool"),
        `high removal: ${goes}: the machines behind it may go with it`,
      ],
    ]);
  });
});
