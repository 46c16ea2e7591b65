import { badRequest } from "../api/api-failure.ts";
import type { KubeObject } from "../api/kube-object.ts";

type Ended = { readonly exitCode: number; readonly startedAt: string; readonly finishedAt: string };
type State = {
  readonly running?: { readonly startedAt: string };
  readonly terminated?: Ended;
  readonly waiting?: { readonly reason: string };
};
type ContainerStatus = {
  readonly name: string;
  readonly state?: State;
  readonly lastState?: State;
};

// The kubelet's words for what waits (kubernetes 1.36, pkg/kubelet/kubelet_pods.go and images).
const waitsFor: Readonly<Record<string, string>> = {
  ImagePullBackOff: "trying and failing to pull image",
};

/**
 * What `pods/log` answers. No container runs here: one line says when it would have begun, one
 * how it ended. @throws ApiFailure where the real API has no log either
 */
export function podLog(pod: KubeObject, query: URLSearchParams): string {
  const { name: podName } = pod.metadata;
  const { containers } = pod.spec as {
    readonly containers: readonly { readonly name: string; readonly image: string }[];
  };
  const names = containers.map(({ name }) => name);
  const wanted = query.get("container") ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined) {
    const choice = `choose one of: [${names.join(" ")}]`;
    throw badRequest(`a container name must be specified for pod ${podName}, ${choice}`);
  }
  const container = containers.find(({ name }) => name === wanted);
  if (!container) throw badRequest(`container ${wanted} is not valid for pod ${podName}`);
  const { containerStatuses = [] } = (pod.status ?? {}) as {
    readonly containerStatuses?: readonly ContainerStatus[];
  };
  const status = containerStatuses.find(({ name }) => name === wanted);
  const { running, terminated, waiting } = status?.state ?? {};
  const before = status?.lastState?.terminated;
  const ended = query.get("previous") === "true" ? before : (terminated ?? before);
  if (query.get("previous") === "true" && !ended) {
    const where = `container "${wanted}" in pod "${podName}"`;
    throw badRequest(`previous terminated ${where} not found`);
  }
  if (ended) {
    return `${begun(ended.startedAt, container.image)}${ended.finishedAt} exit code ${ended.exitCode}\n`;
  }
  if (running) return begun(running.startedAt, container.image);
  const reason = waiting?.reason ?? "ContainerCreating";
  throw badRequest(
    `container "${wanted}" in pod "${podName}" is waiting to start: ${waitsFor[reason] ?? reason}`,
  );
}

function begun(at: string, image: string): string {
  return `${at} ${image} started (no container runs in the sandbox)\n`;
}
