import { numberAt, objectAt, objectsAt, textAt } from "../flux/read-json.ts";
import type { Json } from "../flux/read-json.ts";

export type PodProblem = { readonly reason: string; readonly cause: string };

// Why the kubelet keeps a container waiting (pkg/kubelet: images/types.go, container/sync_result.go,
// kuberuntime); ContainerCreating and PodInitializing are no problems.
const imageReasons = new Set([
  "ImagePullBackOff",
  "ErrImagePull",
  "InvalidImageName",
  "ImageInspectError",
  "ErrImageNeverPull",
  "RegistryUnavailable",
  "SignatureValidationFailed",
]);
const startReasons = new Set([
  "CrashLoopBackOff",
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
  "PreCreateHookError",
  "PostStartHookError",
]);

/** The first container, init containers included, that cannot start or stay up. */
export function podProblem(pod: unknown): PodProblem | undefined {
  const name = textAt(pod, "metadata", "name") ?? "?";
  for (const list of ["initContainerStatuses", "containerStatuses"]) {
    for (const status of objectsAt(pod, "status", list)) {
      const problem = containerProblem(status, imageOf(pod, status));
      if (problem === undefined) continue;
      const where = `pod ${name}, container ${textAt(status, "name") ?? "?"}`;
      return { reason: problem.reason, cause: `${where}: ${problem.cause}` };
    }
  }
  return undefined;
}

function containerProblem(status: Json, image: string): PodProblem | undefined {
  const waiting = objectAt(status, "state", "waiting");
  const reason = textAt(waiting, "reason") ?? "";
  if (imageReasons.has(reason)) return { reason, cause: `${reason} of image ${image}` };
  if (!startReasons.has(reason)) return undefined;
  if (reason !== "CrashLoopBackOff") {
    return { reason, cause: `${reason}: ${textAt(waiting, "message") ?? "no message"}` };
  }
  const last = objectAt(status, "lastState", "terminated");
  const exit = numberAt(last, "exitCode");
  const ended = exit === undefined ? "" : `, exit code ${exit}`;
  const restarts = numberAt(status, "restartCount") ?? 0;
  return { reason, cause: `${reason} of image ${image} (${restarts} restarts${ended})` };
}

// The status' image is what the runtime resolved; people know the one they wrote.
function imageOf(pod: unknown, status: Json): string {
  const name = textAt(status, "name");
  const containers = [
    ...objectsAt(pod, "spec", "containers"),
    ...objectsAt(pod, "spec", "initContainers"),
  ];
  const written = containers.find((container) => textAt(container, "name") === name);
  return textAt(written, "image") ?? textAt(status, "image") ?? "?";
}
