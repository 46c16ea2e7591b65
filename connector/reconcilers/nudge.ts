import { HttpError } from "../../core/errors.ts";
import type { FluxReference } from "../../core/flux/flux-object.ts";
import { sourceBinding } from "../../core/flux/source-binding.ts";
import type { GateInput } from "../../core/gate/gate-input.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import type { Connector } from "../connector.ts";
import type { OpenWait } from "./open-wait.ts";

/**
 * Asks Flux to fetch the manifests repository now instead of at its next interval. Where RBAC does
 * not allow it the interval does; nothing depends on it.
 */
export async function nudgeSources(
  connector: Pick<Connector, "clusters" | "log">,
  { environment }: OpenWait,
  input: GateInput,
): Promise<void> {
  for (const { name } of environment.clusters) {
    for (const source of connector.clusters.get(name)?.flux() ?? []) {
      if (source.kind !== "GitRepository" || !sourceBinding(source, input).bound) continue;
      await request(connector, name, source);
    }
  }
}

/**
 * Asks helm-controller to look at values that changed. The gate names a release until a request came
 * after the change, whoever made it.
 */
export async function nudgeReleases(
  connector: Pick<Connector, "clusters" | "log">,
  toAsk: NonNullable<GateVerdict["toAsk"]>,
): Promise<void> {
  for (const { cluster, release } of toAsk) await request(connector, cluster, release);
}

async function request(
  { clusters, log }: Pick<Connector, "clusters" | "log">,
  cluster: string,
  object: FluxReference & { readonly reset?: boolean },
): Promise<void> {
  const at = new Date().toISOString();
  try {
    await clusters.get(cluster)?.requestReconcile(object, { at, reset: object.reset ?? false });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    log.debug({ err: error, cluster, object: object.name }, "Flux was not asked to look");
  }
}
