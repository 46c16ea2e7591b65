import { timestamp, type KubeObject } from "../api/kube-object.ts";
import {
  crashBackOffMessage,
  imageBehaviour,
  pullBackOffMessage,
  type ImageBehaviour,
} from "./image-behaviour.ts";

type Container = { readonly name: string; readonly image: string };

export type PodSpec = {
  readonly nodeName?: string;
  readonly restartPolicy?: string;
  readonly containers: readonly Container[];
};

type ContainerEnd = ImageBehaviour | "completed" | "failed";

/** Status of a pod on its node; slow images are ready only once `slowIsReady`. */
export function podStatus(pod: KubeObject, { slowIsReady }: { readonly slowIsReady: boolean }) {
  const { containers, restartPolicy = "Always" } = pod.spec as PodSpec;
  const now = timestamp();
  const behaviours = containers.map(({ image }) => {
    const behaviour = imageBehaviour(image);
    return behaviour === "slow" && slowIsReady ? "ready" : behaviour;
  });
  const runsOnce = restartPolicy !== "Always";
  const unready = containers.filter((_, index) => behaviours[index] !== "ready");
  const completed = runsOnce && unready.length === 0;
  const failed = runsOnce && behaviours.includes("crash");
  const end = (behaviour: ImageBehaviour): ContainerEnd => {
    if (completed) return "completed";
    return failed && behaviour === "crash" ? "failed" : behaviour;
  };
  const ready = { ready: unready.length === 0 && !completed, completed, unready, now };
  return {
    phase: phaseOf(behaviours, { completed, failed }),
    conditions: [
      { type: "Initialized", lastProbeTime: null, lastTransitionTime: now, status: "True" },
      readiness("Ready", ready),
      readiness("ContainersReady", ready),
      { type: "PodScheduled", lastProbeTime: null, lastTransitionTime: now, status: "True" },
    ],
    containerStatuses: containers.map((container, index) =>
      containerStatus(pod, container, end(behaviours[index] ?? "ready")),
    ),
    podIP: "10.0.0.2",
    podIPs: [{ ip: "10.0.0.2" }],
    startTime: now,
    qosClass: "BestEffort",
  };
}

function phaseOf(
  behaviours: readonly ImageBehaviour[],
  { completed, failed }: { readonly completed: boolean; readonly failed: boolean },
): string {
  if (completed) return "Succeeded";
  if (failed) return "Failed";
  const runs = behaviours.some((behaviour) => behaviour === "ready" || behaviour === "crash");
  return runs ? "Running" : "Pending";
}

type Readiness = {
  readonly ready: boolean;
  readonly completed: boolean;
  readonly unready: readonly Container[];
  readonly now: string;
};

function readiness(type: string, { ready, completed, unready, now }: Readiness) {
  const base = { type, lastProbeTime: null, lastTransitionTime: now };
  if (ready) return { ...base, status: "True" };
  if (completed) return { ...base, status: "False", reason: "PodCompleted" };
  const names = unready.map(({ name }) => name).join(" ");
  const message = `containers with unready status: [${names}]`;
  return { ...base, status: "False", reason: "ContainersNotReady", message };
}

function containerStatus(pod: KubeObject, { name, image }: Container, end: ContainerEnd) {
  const now = timestamp();
  const still = { restartCount: 0, lastState: {}, ready: false, started: false };
  const base = { name, image, imageID: "", ...still };
  const ended = (exitCode: number, reason: string) => ({
    terminated: { exitCode, reason, startedAt: now, finishedAt: now },
  });
  const waiting = (reason: string, message?: string) => ({
    waiting: { reason, ...(message ? { message } : {}) },
  });
  switch (end) {
    case "ready":
      return { ...base, ready: true, started: true, state: { running: { startedAt: now } } };
    case "completed":
      return { ...base, state: ended(0, "Completed") };
    case "failed":
      return { ...base, state: ended(1, "Error") };
    case "slow":
      return { ...base, state: waiting("ContainerCreating") };
    case "broken":
      return { ...base, state: waiting("ImagePullBackOff", pullBackOffMessage(image)) };
    case "crash": {
      const podName = `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
      const state = waiting("CrashLoopBackOff", crashBackOffMessage(name, podName));
      return { ...base, restartCount: 1, lastState: ended(1, "Error"), state };
    }
  }
}
