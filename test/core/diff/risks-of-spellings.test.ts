import { container, of, pod, rbac, role, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const image = (before: string, after: string) => container({ image: before }, { image: after });
const scaler = spec("autoscaling/v2", "HorizontalPodAutoscaler");
const keda = spec("keda.sh/v1alpha1", "ScaledObject");
const deployment = spec("apps/v1", "Deployment");
const rolling = (maxUnavailable: unknown) => ({ strategy: { rollingUpdate: { maxUnavailable } } });
const account = (body: object) => of("v1", "ServiceAccount", body);
const claim = (more: object) => ({
  volumes: [{ name: "d", persistentVolumeClaim: { claimName: "c", ...more } }],
});
const node = { volumes: [{ name: "h", hostPath: { path: "/etc" } }] };
const mount = (name: string, more: object = {}) => ({
  volumeMounts: [{ name, mountPath: "/m", ...more }],
});
const beside = { name: "s", image: "r/s:1" };
const knative = (before: object, after: object) =>
  spec("serving.knative.dev/v1", "Service")(
    { template: { spec: { containers: [{ image: "r/a:1", ...before }] } } },
    { template: { spec: { containers: [{ image: "r/a:1", ...after }] } } },
  );
const running = "whose pods run with any service account of the namespace";

describe("what is said however something is written", () => {
  describe("of images", () => {
    const moves = (to: string) =>
      `medium image: image r/a has the tag ${to}, which can move to other content`;
    saysOfRisks([
      ["Docker Hub by its name", image("nginx:1.25", "docker.io/library/nginx:1.25")],
      ["a host in capitals", image("Registry.Fabrikam.com/a:1", "registry.fabrikam.com/a:1")],
      ["an owner of Docker Hub", image("index.docker.io/bitnami/redis:7", "bitnami/redis:7")],
      [
        "an older one of it",
        image("docker.io/nginx:1.25", "nginx:1.24"),
        "medium image: image nginx goes back from 1.25 to 1.24",
      ],
      [
        "a mirror",
        image("nginx:1.25", "mirror.gcr.io/library/nginx:1.25"),
        "medium image: image mirror.gcr.io/library/nginx replaces nginx: another repository",
      ],
      [
        "a registry of the machine",
        image("localhost/nginx:1", "nginx:1"),
        "medium image: image nginx replaces localhost/nginx: another repository",
      ],
      ["a branch's tag", image("r/a:1.2.3", "r/a:main"), moves("main")],
      ["a name's tag", image("r/a:1.2.3", "r/a:rolling-release"), moves("rolling-release")],
      ["a commit's tag", image("r/a:1.2.3", "r/a:deadbeef1")],
    ]);
  });

  describe("of autoscalers that say nothing", () => {
    saysOfRisks([
      [
        "of the least, which is one",
        scaler({ minReplicas: 3 }, {}),
        "medium scaled-down: may scale down to 1 replica, before to 3",
      ],
      ["of the least before", scaler({}, { minReplicas: 2 })],
      [
        "of the least, which is none with KEDA",
        keda({ minReplicaCount: 2 }, {}),
        "medium scaled-down: may scale down to 0 replicas, before to 2",
      ],
      [
        "of the most before",
        keda({}, { maxReplicaCount: 5 }),
        "medium scaled-down: may scale to 5 replicas at most, before to 100",
      ],
    ]);
  });

  describe("of how many pods may be missing", () => {
    saysOfRisks([
      [
        "as many as there are",
        deployment({ replicas: 2 }, { replicas: 2, ...rolling(2) }),
        "medium rollout: may replace all pods at once (maxUnavailable 2)",
      ],
      [
        "more than all",
        deployment({}, rolling("150%")),
        "medium rollout: may replace all pods at once (maxUnavailable 150%)",
      ],
      ["fewer than there are", deployment({ replicas: 3 }, { replicas: 3, ...rolling(2) })],
      [
        "all, as before",
        deployment({ replicas: 2, ...rolling(2) }, { replicas: 2, ...rolling(3) }),
      ],
    ]);
  });

  describe("of fields that are null, which are not there for the API server", () => {
    const lost = (what: string) => `medium hardening: container a is no longer hardened: ${what}`;
    saysOfRisks([
      [
        "replicas",
        deployment({ replicas: 3 }, { replicas: null }),
        "medium scaled-down: no longer says its replicas: 3 become 1, unless an autoscaler decides",
      ],
      [
        "hardening",
        container({ securityContext: { runAsNonRoot: true } }, { securityContext: null }),
        lost("runAsNonRoot"),
      ],
      [
        "a NetworkPolicy's directions",
        spec("networking.k8s.io/v1", "NetworkPolicy")(
          { podSelector: {}, policyTypes: ["Egress", "Ingress"], egress: null },
          { podSelector: {}, policyTypes: null, egress: null },
        ),
        "high network-policy: no longer restricts egress: lets its pods reach everything",
      ],
      [
        "a release's remediation",
        spec("helm.toolkit.fluxcd.io/v2", "HelmRelease")(
          { upgrade: { remediation: { retries: 3 } } },
          { upgrade: { remediation: null } },
        ),
        "medium flux-behaviour: is not taken back when it fails (remediation)",
      ],
      ["what was null before", deployment({ replicas: null }, {})],
    ]);
  });

  describe("of roles", () => {
    const operated = (...more: string[]) => role(["a", "b", ...more], ["*"]);
    saysOfRisks([
      [
        "only what is new in them",
        [operated(), operated("c")],
        "high grant: may do everything (verb *) with c",
      ],
      [
        "that bring pods by another kind",
        [role(["pods"], ["get"]), role(["daemonsets", "pods"], ["get", "patch"])],
        `medium grant: may patch daemonsets, ${running}`,
      ],
      [
        "that bring folders of nodes",
        [role(["pods"], ["get"]), role(["persistentvolumes"], ["create"])],
        "medium grant: may create persistentvolumes, which may be folders of nodes",
      ],
      [
        "that write Secrets",
        [role(["pods"], ["get"]), role(["secrets"], ["update"])],
        "medium grant: may update secrets",
      ],
      ["that only look", [role(["pods"], ["get"]), role(["jobs", "cronjobs"], ["get", "list"])]],
      [
        "that take over others' rules",
        [
          of(rbac, "ClusterRole", { rules: [] }),
          of(rbac, "ClusterRole", { rules: [], aggregationRule: { clusterRoleSelectors: [{}] } }),
        ],
        "medium grant: takes over the rules of other roles (aggregationRule)",
      ],
    ]);
  });

  describe("of what stands around a container", () => {
    const waits =
      "medium safeguard: waits for the end of s before its containers start, which ran beside them";
    saysOfRisks([
      [
        "a companion that is to end first",
        pod({ initContainers: [{ ...beside, restartPolicy: "Always" }] })({
          initContainers: [beside],
        }),
        waits,
      ],
      [
        "a companion that goes on",
        pod({ initContainers: [beside] })({
          initContainers: [{ ...beside, restartPolicy: "Always" }],
        }),
      ],
      [
        "an account's credentials",
        [account({ imagePullSecrets: [{ name: "p" }] }), account({})],
        "medium safeguard: no longer pulls its images with the Secret p",
      ],
      [
        "a claim that is only read",
        pod(claim({}), mount("d"))(claim({ readOnly: true }), mount("d")),
        "medium data-loss: can no longer write to the claim c (container a, readOnly)",
      ],
      [
        "a mount that is only read",
        pod(claim({}), mount("d"))(claim({}), mount("d", { readOnly: true })),
        "medium data-loss: can no longer write to the claim c (container a, readOnly)",
      ],
      [
        "a claim that is written",
        pod(claim({ readOnly: true }), mount("d"))(claim({}), mount("d")),
      ],
      [
        "the node's files, written now",
        pod(node, mount("h", { readOnly: true }))(node, mount("h")),
        "high pod-privilege: may write to /etc of the node, which it only read before (hostPath)",
      ],
      [
        "a volume that is none of the node's, written now",
        pod(claim({}), mount("d", { readOnly: true }))(claim({}), mount("d")),
      ],
      ["the node's files as before", pod(node, mount("h"))(node, mount("h"))],
      [
        "a container without a name",
        knative({ securityContext: { runAsNonRoot: true } }, {}),
        "medium hardening: container without a name is no longer hardened: runAsNonRoot",
      ],
    ]);
  });
});
