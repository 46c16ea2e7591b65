// One more cluster beside the world's: always the double, whatever form the first has.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fluxObjects } from "../../sandbox/demo/flux-objects.ts";
import { startEmbeddedFlux } from "../../sandbox/flux-embedded/start.ts";
import type { FluxCluster } from "../../sandbox/flux.ts";
import { ensureTools } from "../../scripts/tools.ts";
import { kubectl } from "./kubectl.ts";
import type { World } from "./world.ts";

export type SecondCluster = FluxCluster & {
  readonly kubectl: (...args: readonly string[]) => Promise<string>;
  /** Gives it the manifests repository and these Kustomizations. */
  readonly follow: (
    world: World,
    kustomizations: Parameters<typeof fluxObjects>[0]["kustomizations"],
  ) => Promise<void>;
};

export async function secondCluster(): Promise<SecondCluster> {
  const tools = await ensureTools();
  const directory = await mkdtemp(join(tmpdir(), "fluxgate-second-"));
  const flux = await startEmbeddedFlux({ directory: join(directory, "flux"), ...tools });
  return {
    ...flux,
    kubectl: (...args) => kubectl(flux.kubeconfig, args),
    follow: ({ sandbox }, kustomizations) =>
      flux.apply(
        fluxObjects({
          url: `${sandbox.organisationUrl}/shop/_git/manifests`,
          ...{ name: "manifests", token: "sandbox-reader", interval: "2s", kustomizations },
        }),
      ),
  };
}
