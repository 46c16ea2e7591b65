// What keeps pods well and stands beside them: what is said, and where the line lies.
import { saysOfRisks } from "./risk-rows.ts";

// How new pods take the place of old ones, and how traffic comes to them: what is said, and where the
// line lies.
import { container, of, pod, withPod } from "./pair.ts";
// How new pods take the place of old ones, and how traffic comes to them: what is said, and where the
// line lies.
import { deployment, object } from "./manifests.ts";
const named = (...names: string[]) => ({
  containers: names.map((name) => ({ name, image: `r/${name}:1` })),
});

describe("what is said of patience and companions", () => {
  const safe = (text: string) => `medium safeguard: ${text}`;
  const alive = (probe: object) => ({ livenessProbe: { tcpSocket: { port: 1 }, ...probe } });
  const limit = (limits: object, requests: object = {}) => ({ resources: { limits, requests } });
  saysOfRisks([
    [
      "restarted sooner",
      container(alive({}), alive({ periodSeconds: 5 })),
      safe("container a is restarted after 15 instead of 30 s without an answer (livenessProbe)"),
    ],
    ["restarted a little sooner", container(alive({}), alive({ failureThreshold: 2 }))],
    ["restarted sooner, and late still", container(alive({ periodSeconds: 20 }), alive({}))],
    ["restarted later", container(alive({ periodSeconds: 5 }), alive({}))],
    ["never restarted before", container({}, alive({ periodSeconds: 1 }))],
    [
      "below its request",
      container(
        limit({ memory: "2Gi" }, { memory: "1536Mi" }),
        limit({ memory: "1200Mi" }, { memory: "1536Mi" }),
      ),
      safe("container a asks for more memory than its limit: the cluster will refuse it"),
    ],
    [
      "at its request",
      container(
        limit({ memory: "2Gi" }, { memory: "1536Mi" }),
        limit({ memory: "1536Mi" }, { memory: "1536Mi" }),
      ),
    ],
    [
      "below its request as before",
      container(limit({ cpu: "1" }, { cpu: "3" }), limit({ cpu: "1" }, { cpu: "2" })),
    ],
    [
      "half of its cpu",
      container(limit({ cpu: "2" }), limit({ cpu: "1" })),
      safe("container a gets half of it or less: limits.cpu from 2 to 1"),
    ],
    [
      "half of its room on disk",
      container(limit({ "ephemeral-storage": "2Gi" }), limit({ "ephemeral-storage": "1Gi" })),
      safe("container a gets half of it or less: limits.ephemeral-storage from 2Gi to 1Gi"),
    ],
    [
      "one device less",
      container(limit({ "nvidia.com/gpu": 2 }, { "nvidia.com/gpu": 2 }), limit({}, { cpu: 1 })),
      safe("container a gets half of it or less: limits.nvidia.com/gpu from 2 to 0"),
    ],
    ["what is no amount", container(limit({ cpu: "x" }), limit({ cpu: "x", memory: 1 }))],
    [
      "a limit that is null",
      container(limit({ memory: "1Gi" }), limit({ memory: null })),
      safe("container a loses its memory limit: it may starve its neighbours"),
    ],
    [
      "above a limit of anything",
      container(
        limit({}, { "ephemeral-storage": 2 }),
        limit({ "ephemeral-storage": 1 }, { "ephemeral-storage": 2 }),
      ),
      safe(
        "container a asks for more ephemeral-storage than its limit: the cluster will refuse it",
      ),
    ],
    [
      "room of the whole pod",
      pod(limit({ memory: "2Gi", cpu: 2 }))(limit({ cpu: 1 })),
      safe("the pod loses its memory limit: it may starve its neighbours"),
      safe("the pod gets half of it or less: limits.cpu from 2 to 1"),
    ],
    [
      "one failure of many",
      container(alive({ failureThreshold: 6 }), alive({ failureThreshold: 1 })),
      safe("container a is restarted after 10 instead of 60 s without an answer (livenessProbe)"),
    ],
    [
      "less time for an answer",
      container(alive({ timeoutSeconds: 2 }), alive({})),
      safe("container a has 1 instead of 2 s for each answer (livenessProbe)"),
    ],
    [
      "a little less time for an answer",
      container(alive({ timeoutSeconds: 3 }), alive({ timeoutSeconds: 2 })),
    ],
    [
      "no time to start",
      container(alive({ initialDelaySeconds: 30 }), alive({})),
      safe(
        "container a is asked 0 instead of 30 s after its start whether it lives (livenessProbe)",
      ),
    ],
    ["a little less time to start", container(alive({ initialDelaySeconds: 29 }), alive({}))],
    [
      "no time to start, for which another probe waits",
      container(alive({ initialDelaySeconds: 30 }), { ...alive({}), startupProbe: {} }),
    ],
    ["no end of its cpu", container(limit({ cpu: "2" }), limit({}))],
    [
      "a request of which its limit makes a part",
      container(
        { resources: { requests: { cpu: "1", memory: "1Gi" } } },
        { resources: { limits: { cpu: "1" } } },
      ),
      safe("container a loses its resource requests: the scheduler no longer reserves room for it"),
    ],
    [
      "an init container's probe",
      pod({ initContainers: [{ name: "i", image: "r/i:1", startupProbe: {} }] })({
        initContainers: [{ name: "i", image: "r/i:1" }],
      }),
      safe("container i loses its startup probe"),
    ],
    [
      "the time to end as before",
      pod({ terminationGracePeriodSeconds: 0, a: 1 })({ terminationGracePeriodSeconds: 0 }),
    ],
    [
      "no time to end",
      pod({})({ terminationGracePeriodSeconds: 0 }),
      safe("its pods get 0 instead of 30 s to end"),
    ],
    [
      "the usual time to end",
      pod({ terminationGracePeriodSeconds: 60 })({}),
      safe("its pods get 30 instead of 60 s to end"),
    ],
    [
      "a container beside",
      [object("v1", "Pod", { spec: named("a", "b") }), object("v1", "Pod", { spec: named("a") })],
      "high immutable-field: changes spec.containers, which cannot be changed: the cluster will refuse it, and Flux fails",
      safe("no longer runs its container b"),
    ],
    ["another name of a container", [deployment({ name: "x" }), deployment({ name: "y" })]],
    [
      "another version of a renamed one",
      [
        deployment({ name: "x", image: "q:5000/a:1.0.0" }),
        deployment({ name: "y", image: "q:5000/a:1.1.0@sha256:ab" }),
      ],
    ],
    [
      "what runs before",
      pod({ initContainers: [{ name: "i", image: "r/i:1" }] })({}),
      safe("no longer runs i before its containers start"),
    ],
    [
      "another image of what takes its name's place",
      [
        of("apps/v1", "Deployment", { spec: { template: { spec: named("a", "b") } } }),
        of("apps/v1", "Deployment", { spec: { template: { spec: named("a", "c") } } }),
      ],
      safe("no longer runs its container b"),
    ],
    [
      "one of two with the same image",
      [["b", "c"], ["b"]].map((names) =>
        of("apps/v1", "Deployment", {
          spec: {
            template: { spec: { containers: names.map((name) => ({ name, image: "r/x:1" })) } },
          },
        }),
      ) as unknown as readonly [object, object],
      safe("no longer runs its container c"),
    ],
    [
      "ten times the cpu",
      container(
        { resources: { requests: { cpu: "100m" } } },
        { resources: { requests: { cpu: 1 } } },
      ),
      "medium rollout: container a asks for 1 instead of 100m cpu: where no node has that, its pods wait",
    ],
    ["cpu at all", container({ tty: true }, { resources: { requests: { cpu: 1 } } })],
    [
      "what runs beside from now on",
      [
        withPod({ initContainers: [{ name: "i", image: "r/i:1" }] }, {}),
        of("apps/v1", "Deployment", { spec: { template: { spec: named("a", "i") } } }),
      ],
    ],
    [
      "a Secret to pull with",
      pod({ imagePullSecrets: [{ name: "s" }] })({}),
      safe("no longer pulls its images with the Secret s"),
    ],
    [
      "another Secret to pull with beside",
      pod({ imagePullSecrets: [{ name: "s" }] })({
        imagePullSecrets: [{ name: "s" }, { name: "t" }],
      }),
    ],
    [
      "no pulling",
      container({}, { imagePullPolicy: "Never" }),
      "medium image: container a starts only on nodes that have its image already (imagePullPolicy Never)",
    ],
    [
      "no pulling as before",
      container({ imagePullPolicy: "Never", tty: true }, { imagePullPolicy: "Never" }),
    ],
  ]);
});
