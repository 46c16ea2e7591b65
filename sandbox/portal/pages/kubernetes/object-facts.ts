// Pure: what the columns say of an object of the cluster.
import type { ClusterObject } from "./ask-cluster.ts";

type PodSpec = {
  readonly containers?: readonly { readonly name: string; readonly image: string }[];
};

/** Images of a workload's template or of a pod. */
export function imagesOf({ spec = {} }: ClusterObject): readonly string[] {
  return containersOf(spec).map(({ image }) => image);
}

export function containerNames({ spec = {} }: ClusterObject): readonly string[] {
  return containersOf(spec).map(({ name }) => name);
}

function containersOf(spec: Readonly<Record<string, unknown>>) {
  const template = spec["template"] as { readonly spec?: PodSpec } | undefined;
  const pod: PodSpec = template?.spec ?? spec;
  return pod.containers ?? [];
}

/** `2/3`, or undefined where the kind counts nothing. */
export function readyOf({ spec = {}, status = {} }: ClusterObject): string | undefined {
  const wanted = spec["replicas"] ?? status["desiredNumberScheduled"];
  if (typeof wanted !== "number") return undefined;
  const ready = status["readyReplicas"] ?? status["numberReady"];
  return `${typeof ready === "number" ? ready : 0}/${wanted}`;
}

type ContainerStatus = {
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
};

/** A pod in a word, as kubectl says it, and why. */
export function podState({ status = {} }: ClusterObject): {
  readonly text: string;
  readonly isReady: boolean;
  readonly restarts: number;
  readonly message: string | undefined;
} {
  const containers = (status["containerStatuses"] ?? []) as readonly ContainerStatus[];
  const waiting = containers.find(({ state }) => state?.waiting?.reason)?.state?.waiting;
  const phase = typeof status["phase"] === "string" ? status["phase"] : "Unknown";
  return {
    text: waiting?.reason ?? phase,
    isReady:
      phase === "Succeeded" || (containers.length > 0 && containers.every(({ ready }) => ready)),
    restarts: containers.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0),
    message: waiting?.message,
  };
}

type Port = {
  readonly port: number;
  readonly protocol?: string;
  readonly targetPort?: unknown;
};

export function serviceFacts({ spec = {}, status = {} }: ClusterObject) {
  const text = (key: string) => (typeof spec[key] === "string" ? spec[key] : "");
  const ports = (spec["ports"] ?? []) as readonly Port[];
  const balancer = status["loadBalancer"] as
    | { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] }
    | undefined;
  const outside = (balancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? "");
  return {
    type: text("type") || "ClusterIP",
    clusterIp: text("clusterIP"),
    externalIp: outside.join(", "),
    ports: ports.map(({ port, protocol = "TCP" }) => `${port}/${protocol}`).join(", "),
  };
}
