// Scheduler and kubelet in one: gives a pod its node and lets its containers behave by image tag.
import { createController, type Again, type Controller } from "../controller.ts";
import { timestamp, type Condition, type KubeObject } from "../api/kube-object.ts";
import { kindOf, writeStatus, type Cluster } from "../cluster.ts";
import {
  crashBackOffMessage,
  imageBehaviour,
  pullBackOffMessage,
  type ImageBehaviour,
} from "./image-behaviour.ts";

export const nodeName = "sandbox-node";

type Container = { readonly name: string; readonly image: string };
type PodSpec = { nodeName?: string; restartPolicy?: string; containers: readonly Container[] };
type PodStatus = { readonly phase?: string; readonly conditions?: readonly Condition[] };

export function podController(cluster: Cluster, onError: (error: unknown) => void): Controller {
  const kind = kindOf(cluster, "v1", "Pod");
  return createController({
    workers: 50,
    onError: (_key, error) => onError(error),
    reconcile: (key) => {
      const [namespace = "", name = ""] = key.split("/");
      const pod = cluster.api.store.get({ kind, namespace, name });
      return pod && runPod(cluster, pod);
    },
  });
}

function runPod(cluster: Cluster, pod: KubeObject): Again {
  const spec = pod.spec as PodSpec;
  const { phase } = (pod.status ?? {}) as PodStatus;
  if (phase === "Running" || phase === "Succeeded" || phase === "Failed") return undefined;
  if (!spec.nodeName) {
    const kind = kindOf(cluster, "v1", "Pod");
    const bound = cluster.api.store.update(kind, { ...pod, spec: { ...spec, nodeName } });
    writeStatus(
      cluster,
      bound,
      podStatus(bound, () => "slow"),
    );
  }
  const age = Date.now() - Date.parse(pod.metadata.creationTimestamp ?? "");
  // Timestamps have whole seconds; the extra one makes sure that it never takes less.
  const left = cluster.timings.slowImage + 1000 - age;
  const slow = spec.containers.some(({ image }) => imageBehaviour(image) === "slow");
  const behaviour = (image: string) => {
    const wanted = imageBehaviour(image);
    return wanted === "slow" && left <= 0 ? "ready" : wanted;
  };
  const scheduled = cluster.api.store.get({ kind: kindOf(cluster, "v1", "Pod"), ...pod.metadata });
  if (scheduled) writeStatus(cluster, scheduled, podStatus(scheduled, behaviour));
  return slow && left > 0 ? left : undefined;
}

function podStatus(pod: KubeObject, behaviour: (image: string) => ImageBehaviour) {
  const { containers, restartPolicy } = pod.spec as PodSpec;
  const now = timestamp();
  const behaviours = containers.map(({ image }) => behaviour(image));
  const isJob = restartPolicy !== "Always";
  const ready = behaviours.every((one) => one === "ready");
  const phase =
    isJob && ready
      ? "Succeeded"
      : isJob && behaviours.includes("crash")
        ? "Failed"
        : behaviours.some((one) => one === "ready" || one === "crash")
          ? "Running"
          : "Pending";
  const unready = containers
    .filter((_, index) => behaviours[index] !== "ready")
    .map(({ name }) => name);
  const reason = isJob && ready ? "PodCompleted" : ready ? "" : "ContainersNotReady";
  const message = ready ? "" : `containers with unready status: [${unready.join(" ")}]`;
  const serving = ready && !isJob;
  return {
    phase,
    conditions: [
      condition("Initialized", true),
      condition("PodScheduled", true),
      condition("ContainersReady", serving, { reason, message }),
      condition("Ready", serving, { reason, message }),
    ].map((entry) => ({ ...entry, lastProbeTime: null, lastTransitionTime: now })),
    hostIP: "10.0.0.1",
    podIP: "10.244.0.2",
    podIPs: [{ ip: "10.244.0.2" }],
    startTime: now,
    qosClass: "BestEffort",
    containerStatuses: containers.map((container, index) =>
      containerStatus(pod, container, isJob && ready ? "done" : (behaviours[index] ?? "ready")),
    ),
  };
}

function containerStatus(
  pod: KubeObject,
  { name, image }: Container,
  behaviour: ImageBehaviour | "done",
) {
  const now = timestamp();
  const base = { name, image, imageID: "", restartCount: 0, ready: false, started: false };
  switch (behaviour) {
    case "ready":
      return { ...base, ready: true, started: true, state: { running: { startedAt: now } } };
    case "done":
      return {
        ...base,
        state: {
          terminated: { exitCode: 0, reason: "Completed", startedAt: now, finishedAt: now },
        },
      };
    case "slow":
      return { ...base, state: { waiting: { reason: "ContainerCreating" } } };
    case "broken":
      return {
        ...base,
        state: { waiting: { reason: "ImagePullBackOff", message: pullBackOffMessage(image) } },
      };
    case "crash":
      return {
        ...base,
        restartCount: 1,
        state: {
          waiting: {
            reason: "CrashLoopBackOff",
            message: crashBackOffMessage(
              name,
              `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`,
            ),
          },
        },
        lastState: {
          terminated: { exitCode: 1, reason: "Error", startedAt: now, finishedAt: now },
        },
      };
  }
}

function condition(type: string, holds: boolean, why: { reason?: string; message?: string } = {}) {
  const { reason, message } = why;
  return {
    type,
    status: holds ? ("True" as const) : ("False" as const),
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
  };
}
