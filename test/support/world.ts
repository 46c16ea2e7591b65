// What a scenario drives and looks at: the whole loop, by git, REST and kubectl only.
import { readFileSync } from "node:fs";
import type { SeedRepository } from "../../sandbox/azure-devops/seed.ts";
import type { fluxObjects } from "../../sandbox/demo/flux-objects.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { startLoop, type Loop, type LoopOptions } from "../../scripts/start/start-loop.ts";
import { deliveryRepository, type TestDelivery } from "./delivery.ts";
import { kubectl } from "./kubectl.ts";
import { fluxForm, sharedCluster } from "./shared-cluster.ts";

export type World = Loop & {
  readonly kubectl: (...args: readonly string[]) => Promise<string>;
  /** Messages of the connector's log, oldest first. */
  readonly connectorSays: () => readonly string[];
  /** The connector's log as it is. */
  readonly connectorText: () => string;
};

export type WorldOptions = {
  readonly deliveries: readonly TestDelivery[];
  /** Files of the manifests repository at the start. */
  readonly manifests?: Readonly<Record<string, string>>;
  readonly kustomizations: Parameters<typeof fluxObjects>[0]["kustomizations"];
  readonly connector?: LoopOptions["connector"];
};

/** Starts the loop; `after` must call `close`. Names of Flux objects are the test's own. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { deliveries, manifests = {}, kustomizations, connector } = options;
  const repositories: readonly SeedRepository[] = [
    ...deliveries.map(deliveryRepository),
    { name: "manifests", files: { "README.md": "manifests\n", ...manifests } },
  ];
  return openWorld({
    seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories }] },
    pipelines: {
      definitions: deliveries.map(({ name }) => ({
        name: `${name}-cd`,
        project: "shop",
        repository: name,
        yamlPath: "pipeline.yml",
      })),
    },
    manifests: { repository: "manifests", interval: "2s", kustomizations },
    ...(connector ? { connector } : {}),
  });
}

/** As {@link startWorld}, with an organisation of one's own. */
export async function openWorld(options: Omit<LoopOptions, "form" | "flux">): Promise<World> {
  await ensureBuilt(["tasks", "connector"]);
  const flux = await sharedCluster();
  const loop = await startLoop({
    ...options,
    form: fluxForm(),
    // Flux waits for health for 30 s at least.
    fluxTimings: { minimumTimeout: 5_000 },
    ...(flux ? { flux } : {}),
    connector: {
      ...options.connector,
      timings: { ...quick, ...options.connector?.timings },
    },
  });
  const run = (...args: readonly string[]) => kubectl(loop.flux.kubeconfig, args);
  return {
    ...loop,
    kubectl: run,
    connectorSays: () => messages(loop.connectorLog),
    connectorText: () => readFileSync(loop.connectorLog, "utf8"),
    close: async () => {
      // A cluster that others use after this test must not keep its objects.
      if (flux) await forget(run, options.manifests);
      await loop.close();
    },
  };
}

const quick = { letters: "300ms", discovery: "1s", look: "300ms", grace: "2s", resync: "60s" };

async function forget(run: World["kubectl"], manifests: LoopOptions["manifests"]): Promise<void> {
  const names = manifests?.kustomizations.map(({ name }) => name) ?? [];
  if (names.length === 0) return;
  const common = ["--namespace", "flux-system", "--ignore-not-found", "--timeout", "150s"];
  const label = `kustomize.toolkit.fluxcd.io/name in (${names.join(",")})`;
  const namespaces = await run("get", "namespaces", "--selector", label, "--output", "name");
  await run("delete", "kustomizations.kustomize.toolkit.fluxcd.io", ...names, ...common);
  await run(
    "delete",
    "gitrepositories.source.toolkit.fluxcd.io",
    manifests?.repository ?? "",
    ...common,
  );
  // The next test may use the name: in a namespace that is being deleted nothing can be made.
  const going = namespaces.split("\n").filter(Boolean);
  if (going.length > 0) await run("wait", "--for=delete", "--timeout", "150s", ...going);
}

function messages(file: string): readonly string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { readonly msg?: string }).msg ?? "");
}
