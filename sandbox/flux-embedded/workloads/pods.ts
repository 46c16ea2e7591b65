// Scheduler and kubelet in one: gives a pod its node and lets its containers behave by image tag.
import type { KubeObject } from "../api/kube-object.ts";
import { kindOf, writeStatus, type Cluster } from "../cluster.ts";
import { createController, type Again, type Controller } from "../controller.ts";
import { imageBehaviour } from "./image-behaviour.ts";
import { podStatus, type PodSpec } from "./pod-status.ts";

export const nodeName = "sandbox-node";

export function podController(cluster: Cluster, onError: (error: unknown) => void): Controller {
  const kind = kindOf(cluster, "v1", "Pod");
  // When a slow pod began, more exactly than the whole seconds of its own timestamps.
  const begun = new Map<string, number>();
  return createController({
    workers: 50,
    onError: (_key, error) => onError(error),
    reconcile: (key) => {
      const [namespace = "", name = ""] = key.split("/");
      const pod = cluster.api.store.get({ kind, namespace, name });
      if (!pod) {
        begun.delete(key);
        return undefined;
      }
      if (!begun.has(key)) begun.set(key, performance.now());
      return runPod(cluster, pod, performance.now() - (begun.get(key) ?? 0));
    },
  });
}

function runPod(cluster: Cluster, pod: KubeObject, ageMs: number): Again {
  const spec = pod.spec as PodSpec;
  const { phase } = (pod.status ?? {}) as { readonly phase?: string };
  if (phase === "Succeeded" || phase === "Failed") return undefined;
  const left = cluster.timings.slowImage - ageMs;
  const isSlow = spec.containers.some(({ image }) => imageBehaviour(image) === "slow");
  if (!spec.nodeName) {
    const kind = kindOf(cluster, "v1", "Pod");
    const bound = cluster.api.store.update(kind, { ...pod, spec: { ...spec, nodeName } });
    writeStatus(cluster, bound, podStatus(bound, { slowIsReady: false }));
    return isSlow ? left : undefined;
  }
  if (!isSlow || phase === "Running") return undefined;
  if (left > 0) return left;
  writeStatus(cluster, pod, podStatus(pod, { slowIsReady: true }));
  return undefined;
}
