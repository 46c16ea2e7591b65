// One more cluster beside the world's.
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fluxObjects } from "../../sandbox/demo/flux-objects.ts";
import { startEmbeddedFlux } from "../../sandbox/flux-embedded/start.ts";
import { startRealFlux } from "../../sandbox/flux-real/start.ts";
import type { FluxCluster } from "../../sandbox/flux.ts";
import { ensureTools } from "../../scripts/tools.ts";
import { ensureCluster } from "../../scripts/tools/cluster.ts";
import { kubectl } from "./kubectl.ts";
import type { World } from "./world.ts";

export type SecondCluster = FluxCluster & {
  /** Forgets its kubeconfig, once nobody needs it. */
  readonly remove: () => Promise<void>;
  readonly kubectl: (...args: readonly string[]) => Promise<string>;
  /** Gives it the manifests repository and these Kustomizations. */
  readonly follow: (
    world: World,
    kustomizations: Parameters<typeof fluxObjects>[0]["kustomizations"],
  ) => Promise<void>;
};

/**
 * @param form the double, where nobody but the connector reaches it: a real kustomize-controller acts in real
 * clusters only
 */
export async function secondCluster(
  form: FluxCluster["form"] = "embedded",
): Promise<SecondCluster> {
  const tools = await ensureTools();
  const directory = await mkdtemp(join(tmpdir(), "fluxgate-second-"));
  const at = { directory: join(directory, "flux") };
  const flux =
    form === "real"
      ? await startRealFlux({ ...at, binaries: await ensureCluster() })
      : await startEmbeddedFlux({ ...at, ...tools });
  // Its kubeconfig outlives it, as it does where a cluster is only out of reach.
  const kubeconfig = join(directory, "kubeconfig.yaml");
  await copyFile(flux.kubeconfig, kubeconfig);
  return {
    ...flux,
    kubeconfig,
    remove: () => rm(directory, { recursive: true, force: true }),
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
