import { of, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const scaledJob = (pod: object) =>
  of("keda.sh/v1alpha1", "ScaledJob", { spec: { jobTargetRef: { template: { spec: pod } } } });
const jobs = (before: object, after: object, pod: object = {}) =>
  [
    scaledJob({ containers: [{ name: "a", image: "r/a:1", ...before }] }),
    scaledJob({ containers: [{ name: "a", image: "r/a:1", ...after }], ...pod }),
  ] as const;
const ray = spec("ray.io/v1", "RayCluster");
const group = (name: string, replicas: number, pod: object = {}) => ({
  groupName: name,
  replicas,
  template: { spec: { containers: [{ name: "w", image: "r/w:1" }], ...pod } },
});
const claim = { volumes: [{ name: "d", persistentVolumeClaim: { claimName: "c" } }] };
const workflow = spec("argoproj.io/v1alpha1", "CronWorkflow");
const step = (container: object) => ({
  workflowSpec: { templates: [{ name: "t", container: { image: "r/a:1", ...container } }] },
});
const prometheus = spec("monitoring.coreos.com/v1", "Prometheus");
const hardened = { securityContext: { runAsNonRoot: true, readOnlyRootFilesystem: true } };
const privileged = { securityContext: { privileged: true } };
const kafka = spec("kafka.strimzi.io/v1beta2", "Kafka");
const listener = (more: object) => ({ kafka: { listeners: [{ name: "l", port: 9093, ...more }] } });
const elastic = spec("elasticsearch.k8s.elastic.co/v1", "Elasticsearch");
const owns = (name: string) =>
  `high pod-privilege: container ${name} is privileged: it owns the node`;

describe("what is said of pods that custom resources describe in their own places", () => {
  const template = (container: object) =>
    of("v1", "PodTemplate", {
      template: { spec: { containers: [{ name: "a", image: "r/a:1", ...container }] } },
    });
  saysOfRisks([
    ["a template of pods that own the node", [template({}), template(privileged)], owns("a")],
    ["a job's container that owns the node", jobs({}, privileged), owns("a")],
    [
      "a job's pod that shares its node's network",
      jobs({}, {}, { hostNetwork: true }),
      "high pod-privilege: shares the node's network (hostNetwork)",
    ],
    [
      "hardening of a job",
      jobs(hardened, {}),
      "medium hardening: container a is no longer hardened: runAsNonRoot, readOnlyRootFilesystem",
    ],
    [
      "a probe of a job",
      jobs({ startupProbe: {} }, {}),
      "medium safeguard: container a loses its startup probe",
    ],
    ["a job as before", jobs(hardened, hardened)],
    [
      "a job that goes, with its mount",
      [scaledJob({ ...claim, containers: [{ name: "a", image: "r/a:1" }] }), []],
      "medium removal: is removed, and Flux deletes it where it prunes",
    ],
    [
      "one group of several that goes, with its mount",
      ray({ a: group("x", 0), b: group("y", 0, claim) }, { a: group("x", 0) }),
    ],
    [
      "a mount that a group loses",
      ray({ a: group("x", 0, claim) }, { a: group("x", 0) }),
      "high data-loss: no longer mounts the claim c: its pods start without that data",
    ],
    [
      "the node's files for one group of several",
      ray(
        { workerGroupSpecs: [group("x", 1), group("y", 1)] },
        {
          workerGroupSpecs: [
            group("x", 1),
            group("y", 1, { volumes: [{ name: "h", hostPath: { path: "/" } }] }),
          ],
        },
      ),
      "high pod-privilege: mounts / of the node (hostPath)",
    ],
    [
      "a group before one that owns the node as it did",
      ray(
        { workerGroupSpecs: [group("y", 1, { hostNetwork: true })] },
        { workerGroupSpecs: [group("x", 1), group("y", 1, { hostNetwork: true })] },
      ),
    ],
    [
      "two groups alike, once",
      ray(
        { a: group("x", 1), b: group("y", 1) },
        { a: group("x", 1, { hostPID: true }), b: group("y", 1, { hostPID: true }) },
      ),
      "high pod-privilege: shares the node's pid (hostPID)",
    ],
    ["a step of a workflow", workflow(step({}), step(privileged)), owns("t")],
    [
      "what an operator takes over",
      prometheus({ securityContext: { runAsUser: 1000 } }, { securityContext: { runAsUser: 0 } }),
      "high pod-privilege: container spec runs as root",
      "medium hardening: container spec is no longer hardened: runAsUser",
    ],
    [
      "what an operator takes over no more",
      prometheus(hardened, {}),
      "medium hardening: container spec is no longer hardened: runAsNonRoot, readOnlyRootFilesystem",
    ],
    [
      "a policy's pattern, which is no pod",
      spec("kyverno.io/v1", "Policy")(
        {
          rules: [{ name: "r", validate: { pattern: { spec: { containers: [{ name: "a" }] } } } }],
        },
        { rules: [{ name: "r", validate: { pattern: { spec: { hostNetwork: true } } } }] },
      ),
      "medium hardening: enforces something else than before, or for others",
    ],
  ]);

  describe("of how many of them run", () => {
    saysOfRisks([
      [
        "a group at zero",
        ray({ workerGroupSpecs: [group("x", 4)] }, { workerGroupSpecs: [group("x", 0)] }),
        "high scaled-down: goes from 4 to 0 workerGroupSpecs.replicas: nothing of it runs",
      ],
      [
        "a quarter of a set of nodes",
        elastic({ nodeSets: [{ name: "d", count: 4 }] }, { nodeSets: [{ name: "d", count: 1 }] }),
        "medium scaled-down: goes from 4 to 1 nodeSets.count",
      ],
      [
        "a set of nodes less",
        elastic(
          {
            nodeSets: [
              { name: "d", count: 4 },
              { name: "e", count: 1 },
            ],
          },
          { nodeSets: [{ name: "d", count: 4 }] },
        ),
        "medium scaled-down: no longer runs its nodeSets e",
      ],
      [
        "one of three less",
        elastic({ nodeSets: [{ name: "d", count: 3 }] }, { nodeSets: [{ name: "d", count: 2 }] }),
      ],
      ["a size that is no number of pods", elastic({ a: { size: "10" } }, { a: { size: "0" } })],
    ]);
  });

  describe("of who gets in", () => {
    const guards = (field: string) =>
      `medium exposure: no longer guards who gets in (spec.kafka.${field})`;
    saysOfRisks([
      [
        "a listener to the outside",
        kafka(listener({ type: "internal" }), listener({ type: "loadbalancer" })),
        "medium exposure: can be reached from outside of the cluster (spec.kafka.listeners.type loadbalancer)",
      ],
      [
        "a service to the outside",
        elastic({ http: {} }, { http: { service: { spec: { type: "LoadBalancer" } } } }),
        "medium exposure: can be reached from outside of the cluster (spec.http.service.spec.type LoadBalancer)",
      ],
      [
        "TLS off",
        kafka(listener({ tls: true }), listener({ tls: false })),
        guards("listeners.tls"),
      ],
      [
        "no authentication",
        kafka(listener({ authentication: { type: "tls" } }), listener({})),
        guards("listeners.authentication"),
      ],
      [
        "no authorization",
        kafka({ kafka: { authorization: { type: "simple" } } }, { kafka: {} }),
        guards("authorization"),
      ],
      [
        "a certificate that is off",
        elastic({ http: {} }, { http: { tls: { selfSignedCertificate: { disabled: true } } } }),
        "medium exposure: no longer guards who gets in (spec.http.tls.selfSignedCertificate.disabled)",
      ],
      [
        "TLS that is switched off within",
        elastic({ tls: { enabled: true } }, { tls: { enabled: false } }),
        "medium exposure: no longer guards who gets in (spec.tls.enabled)",
      ],
      ["TLS on", kafka(listener({ tls: false }), listener({ tls: true }))],
    ]);
  });
});
