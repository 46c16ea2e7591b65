import { object } from "./manifests.ts";
import { container, of, pod, spec, withPod } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const limits = (limits: object, requests?: object) => ({ resources: { limits, requests } });
const zone = (key: string) => ({ matchExpressions: [{ key, operator: "In", values: ["x"] }] });
const near = (...nodeSelectorTerms: object[]) => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  },
});
const statefulSet = spec("apps/v1", "StatefulSet");
const deployment = spec("apps/v1", "Deployment");
const whole = (spec: object) =>
  of("apps/v1", "Deployment", {
    spec: { ...spec, template: { spec: { containers: [{ name: "a", image: "r/a:1" }] } } },
  });
const budget = spec("policy/v1", "PodDisruptionBudget");
const mounts = (volumes: object[], volumeMounts: object[]) =>
  withPod({ volumes }, { volumeMounts });
const claim = { name: "d", persistentVolumeClaim: { claimName: "data" } };

describe("what is said of how pods are kept", () => {
  describe("of what keeps them well", () => {
    const loses = (what: string) => `medium safeguard: container a loses its ${what}`;
    saysOfRisks([
      [
        "restarts",
        container({ livenessProbe: {} }, {}),
        loses("liveness probe: Kubernetes no longer restarts it when it hangs"),
      ],
      [
        "time to answer",
        container({ readinessProbe: {} }, {}),
        loses("readiness probe: it gets traffic before it can answer"),
      ],
      ["time to start", container({ startupProbe: {} }, {}), loses("startup probe")],
      [
        "a hook",
        container({ lifecycle: { preStop: {} } }, {}),
        loses("preStop hook: it is stopped without it"),
      ],
      [
        "a limit",
        container(limits({ memory: "1Gi" }), {}),
        loses("memory limit: it may starve its neighbours"),
      ],
      [
        "a request",
        container({ resources: { requests: { cpu: "1" } } }, {}),
        loses("resource requests: the scheduler no longer reserves room for it"),
      ],
      [
        "a request that its limit makes",
        container(limits({ cpu: "1" }, { cpu: "1" }), limits({ cpu: "1" })),
      ],
      [
        "half of the memory",
        container(limits({ memory: "2Gi" }), limits({ memory: "1Gi" })),
        "medium safeguard: container a gets half of it or less: limits.memory from 2Gi to 1Gi",
      ],
      [
        "half of the time",
        container(
          { resources: { requests: { cpu: "1" } } },
          { resources: { requests: { cpu: "500m" } } },
        ),
        "medium safeguard: container a gets half of it or less: requests.cpu from 1 to 500m",
      ],
      ["a little less", container(limits({ memory: "2Gi" }), limits({ memory: "1500Mi" }))],
      ["nothing as before", container(limits({ cpu: "0" }), limits({ cpu: "0m" }))],
      [
        "more than its limit",
        container(limits({ cpu: "1" }, { cpu: "1" }), limits({ cpu: "1" }, { cpu: "2" })),
        "medium safeguard: container a asks for more cpu than its limit: the cluster will refuse it",
      ],
      [
        "nodes apart",
        pod({ topologySpreadConstraints: [{ topologyKey: "a" }] })({}),
        "medium safeguard: its pods may all run on one node (topologySpreadConstraints goes)",
      ],
      [
        "pods apart",
        pod({ affinity: { podAntiAffinity: {} } })({}),
        "medium safeguard: its pods may all run on one node (affinity.podAntiAffinity goes)",
      ],
      [
        "time to end",
        pod({})({ terminationGracePeriodSeconds: 15 }),
        "medium safeguard: its pods get 15 instead of 30 s to end",
      ],
      ["a little less time to end", pod({})({ terminationGracePeriodSeconds: 16 })],
      [
        "priority",
        pod({ priorityClassName: "a" })({}),
        "medium safeguard: its pods lose their priority (priorityClassName)",
      ],
    ]);
  });

  describe("of where they run and how they are replaced", () => {
    const alone = (what: string) =>
      `medium rollout: its pods run on nodes with ${what} alone: where none is free they wait`;
    saysOfRisks([
      [
        "a taint tolerated for longer, in more words",
        pod({ tolerations: [{ key: "a", value: "x", tolerationSeconds: 30 }] })({
          tolerations: [{ key: "a", operator: "Equal", value: "x", tolerationSeconds: 300 }],
        }),
      ],
      [
        "another value of a taint",
        pod({ tolerations: [{ key: "a", value: "x" }] })({
          tolerations: [{ key: "a", value: "y" }],
        }),
        "medium rollout: its pods no longer tolerate the taint a: they cannot run on nodes that have it",
      ],
      [
        "one value of a taint instead of all",
        pod({ tolerations: [{ key: "a", operator: "Exists" }] })({ tolerations: [{ key: "a" }] }),
        "medium rollout: its pods no longer tolerate the taint a: they cannot run on nodes that have it",
      ],
      ["nodes with a label", pod({})({ nodeSelector: { a: "b" } }), alone("a=b")],
      ["nodes without it", pod({ nodeSelector: { a: "b" } })({})],
      ["nodes of a zone", pod({})(near(zone("a"))), alone('a In ["x"]')],
      [
        "nodes of either zone",
        pod(near(zone("a")))(near(zone("b"), zone("c"))),
        alone('b In ["x"] or c In ["x"]'),
      ],
      [
        "all at once before new ones",
        deployment({}, { strategy: { type: "Recreate" } }),
        "medium rollout: stops all pods before new ones start, at every change from now on (Recreate)",
      ],
      [
        "by somebody",
        statefulSet({}, { updateStrategy: { type: "OnDelete" } }),
        "medium rollout: keeps old pods until somebody deletes them (OnDelete)",
      ],
      [
        "some alone",
        statefulSet(
          { updateStrategy: { rollingUpdate: { partition: 1 } } },
          { updateStrategy: { rollingUpdate: { partition: 2 } } },
        ),
        "medium rollout: leaves its first 2 pods as they are, now and at later changes (partition)",
      ],
      [
        "more of them",
        statefulSet(
          { updateStrategy: { rollingUpdate: { partition: 2 } } },
          { updateStrategy: { rollingUpdate: { partition: 1 } } },
        ),
      ],
      [
        "none",
        [whole({}), whole({ paused: true })],
        "medium rollout: is paused: its changes are not rolled out",
      ],
      [
        "sooner",
        deployment({ minReadySeconds: 20 }, { minReadySeconds: 10 }),
        "medium rollout: counts pods as available after 10 instead of 20 s (minReadySeconds)",
      ],
      ["a little sooner", deployment({ minReadySeconds: 20 }, { minReadySeconds: 11 })],
      [
        "all at once",
        spec("apps/v1", "DaemonSet")(
          {},
          { updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } } },
        ),
        "medium rollout: may replace all pods at once (maxUnavailable 100%)",
      ],
      [
        "runs that overlap",
        spec("batch/v1", "CronJob")(
          { concurrencyPolicy: "Forbid" },
          { concurrencyPolicy: "Allow" },
        ),
        "medium rollout: may run while its last run has not ended (concurrencyPolicy Allow)",
      ],
      [
        "runs that overlap as before",
        spec("batch/v1", "CronJob")({}, { concurrencyPolicy: "Allow" }),
      ],
      [
        "fewer steps of a Rollout",
        spec("argoproj.io/v1alpha1", "Rollout")(
          { strategy: { canary: { steps: [{ setWeight: 1 }, { pause: {} }] } } },
          { strategy: { canary: { steps: [{ pause: {} }] } } },
        ),
        "medium rollout: goes to all in 1 instead of 2 steps (canary)",
      ],
      [
        "a Rollout by itself",
        spec("argoproj.io/v1alpha1", "Rollout")(
          { strategy: { blueGreen: { autoPromotionEnabled: false } } },
          { strategy: { blueGreen: {} } },
        ),
        "medium rollout: is promoted by itself, before by somebody (autoPromotionEnabled)",
      ],
      [
        "fewer that stay",
        budget({ minAvailable: 2 }, { minAvailable: 1 }),
        "medium rollout: keeps fewer pods running while nodes are drained",
      ],
      [
        "more that go",
        budget({ maxUnavailable: "10%" }, { maxUnavailable: "20%" }),
        "medium rollout: keeps fewer pods running while nodes are drained",
      ],
      ["more that stay", budget({ minAvailable: 1 }, { minAvailable: 2 })],
      [
        "no number at all",
        budget({ minAvailable: 1 }, {}),
        "medium rollout: keeps fewer pods running while nodes are drained",
      ],
      [
        "a share in place of a number",
        budget({ minAvailable: 2 }, { minAvailable: "10%" }),
        "medium rollout: counts the pods that keep running while nodes are drained in another way",
      ],
      [
        "those that go in place of those that stay",
        budget({ minAvailable: 1 }, { maxUnavailable: 1 }),
        "medium rollout: counts the pods that keep running while nodes are drained in another way",
      ],
      [
        "nobody may go",
        budget({ maxUnavailable: 1 }, { maxUnavailable: "0%" }),
        "medium rollout: counts the pods that keep running while nodes are drained in another way",
        "medium rollout: lets no pod go (maxUnavailable 0): nodes cannot be drained",
      ],
    ]);
  });

  describe("of their data", () => {
    saysOfRisks([
      [
        "a claim that they lose",
        [mounts([claim], []), mounts([], [])],
        "high data-loss: no longer mounts the claim data: its pods start without that data",
      ],
      [
        "another place",
        [
          mounts([claim], [{ name: "d", mountPath: "/a" }]),
          mounts([claim], [{ name: "d", mountPath: "/b" }]),
        ],
        "medium data-loss: no longer finds the data of the claim data at /a (container a)",
      ],
      [
        "the place spelt otherwise",
        [
          mounts([claim], [{ name: "d", mountPath: "/a/" }]),
          mounts([claim], [{ name: "d", mountPath: "/a" }]),
        ],
      ],
      [
        "a folder of it by a variable",
        [
          mounts([claim], [{ name: "d", mountPath: "/a", subPathExpr: "$(A)" }]),
          mounts([claim], [{ name: "d", mountPath: "/a" }]),
        ],
        "medium data-loss: no longer finds the data of the claim data at /a (sub path $(A)) (container a)",
      ],
      [
        "the volume's other name",
        [
          mounts([claim], [{ name: "d", mountPath: "/a" }]),
          mounts([{ ...claim, name: "e" }], [{ name: "e", mountPath: "/a" }]),
        ],
      ],
      [
        "a finalizer",
        [
          object("v1", "Service", { metadata: { name: "a", finalizers: ["x/y", "z/z"] } }),
          object("v1", "Service", { metadata: { name: "a", finalizers: ["z/z"] } }),
        ],
        "medium data-loss: may go without its clean-up (finalizer x/y)",
      ],
      [
        "a class that deletes",
        [
          of("storage.k8s.io/v1", "StorageClass", { reclaimPolicy: "Retain" }),
          of("storage.k8s.io/v1", "StorageClass"),
        ],
        "high data-loss: no longer keeps data when it goes (reclaimPolicy)",
        "high immutable-field: changes reclaimPolicy, which cannot be changed: the cluster will refuse it, and Flux fails",
      ],
      [
        "a volume that is wiped",
        spec("v1", "PersistentVolume")(
          { persistentVolumeReclaimPolicy: "Retain" },
          { persistentVolumeReclaimPolicy: "Recycle" },
        ),
        "high data-loss: no longer keeps data when it goes (spec.persistentVolumeReclaimPolicy)",
      ],
      [
        "a volume that stays without a word",
        spec("v1", "PersistentVolume")({ persistentVolumeReclaimPolicy: "Delete" }, {}),
      ],
      [
        "claims that go as it shrinks",
        statefulSet({}, { persistentVolumeClaimRetentionPolicy: { whenScaled: "Delete" } }),
        "high data-loss: no longer keeps data when it goes (spec.persistentVolumeClaimRetentionPolicy.whenScaled)",
      ],
      [
        "a cloud's resource",
        spec("sql.azure.upbound.io/v1", "Server")({ deletionPolicy: "Orphan" }, {}),
        "high data-loss: no longer keeps data when it goes (spec.deletionPolicy)",
      ],
    ]);
  });
});
