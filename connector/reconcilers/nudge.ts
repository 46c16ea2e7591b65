import { HttpError } from "../../core/errors.ts";
import { sourceBinding } from "../../core/flux/source-binding.ts";
import type { GateInput } from "../../core/gate/gate-input.ts";
import type { Connector } from "../connector.ts";
import type { OpenWait } from "./open-wait.ts";

/**
 * Asks Flux to fetch the manifests repository now instead of at its next interval. Where RBAC does
 * not allow it the interval does; nothing depends on it.
 */
export async function nudgeSources(
  connector: Connector,
  { environment }: OpenWait,
  input: GateInput,
): Promise<void> {
  const at = new Date().toISOString();
  for (const { name } of environment.clusters) {
    const cluster = connector.clusters.get(name);
    for (const source of cluster?.flux() ?? []) {
      if (source.kind !== "GitRepository" || !sourceBinding(source, input).bound) continue;
      try {
        await cluster?.requestReconcile(source, at);
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        connector.log.debug({ err: error, cluster: name }, "Flux was not asked to fetch");
      }
    }
  }
}
