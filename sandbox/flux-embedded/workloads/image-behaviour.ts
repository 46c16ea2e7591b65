// How a container behaves, by its image's tag. Both forms of the cluster follow this table.

export type ImageBehaviour = "ready" | "broken" | "crash" | "slow";

export const slowImageSeconds = 5;

/** What `registry/name:tag` does: tags that begin with broken, crash or slow do not just run. */
export function imageBehaviour(image: string): ImageBehaviour {
  const tag = /:([^/:@]+)(@.*)?$/.exec(image)?.[1] ?? "";
  if (tag.startsWith("broken")) return "broken";
  if (tag.startsWith("crash")) return "crash";
  if (tag.startsWith("slow")) return "slow";
  return "ready";
}

/** The kubelet's words for an image that cannot be pulled. */
export function pullBackOffMessage(image: string): string {
  return `Back-off pulling image "${image}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
}

/** The kubelet's words for a container that ended and is not started again yet. */
export function crashBackOffMessage(container: string, pod: string): string {
  return `back-off 10s restarting failed container=${container} pod=${pod}`;
}
