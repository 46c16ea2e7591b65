// The whole loop on this machine: sandbox with pipelines and portal, Flux, and the connector as a
// process. `npm start` shows it to a person, the scenarios drive it.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createSandbox, type Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import type { Clock } from "../../sandbox/azure-devops/clock.ts";
import type { Seed } from "../../sandbox/azure-devops/seed.ts";
import { fluxObjects } from "../../sandbox/demo/flux-objects.ts";
import { startEmbeddedFlux } from "../../sandbox/flux-embedded/start.ts";
import { startRealFlux } from "../../sandbox/flux-real/start.ts";
import type { FluxCluster } from "../../sandbox/flux.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import type { PipelinesSeed } from "../../sandbox/pipelines/seed.ts";
import { portalPages } from "../../sandbox/portal/serve-pages.ts";
import { ensureCluster } from "../tools/cluster.ts";
import { ensureAgentTools } from "../tools.ts";
import { repositoryUrl } from "../../core/azure-devops/urls.ts";
import { createClosing } from "./closing.ts";
import { connectorConfig, type ConnectorSettings } from "./connector-config.ts";
import { startConnector, type ConnectorProcess } from "./connector-process.ts";

const root = resolve(import.meta.dirname, "../..");

export type LoopOptions = {
  readonly seed: Seed;
  readonly pipelines: PipelinesSeed;
  readonly port?: number;
  /** Azure DevOps' own; `createClock()` makes one that can be put forward. */
  readonly clock?: Clock;
  readonly form: FluxCluster["form"];
  /** The manifests repository, and what Flux applies of it; absent: neither Flux' objects nor a connector. */
  readonly manifests?: {
    readonly repository: string;
    readonly kustomizations: Parameters<typeof fluxObjects>[0]["kustomizations"];
    readonly interval?: string;
  };
  readonly connector?: Partial<
    Omit<ConnectorSettings, "organisationUrl" | "project" | "repository" | "kubeconfig">
  > & {
    /** Another way to the cluster than its own kubeconfig; answers the file of it. */
    readonly kubeconfig?: (flux: FluxCluster) => string;
    /** More of its process' environment. */
    readonly env?: Readonly<Record<string, string>>;
  };
  /** What the agents' machine has in its environment. */
  readonly agentEnvironment?: () => Readonly<Record<string, string>>;
  /** Of the embedded Flux: tests shorten what the real one waits for. */
  readonly fluxTimings?: Parameters<typeof startEmbeddedFlux>[0]["timings"];
  /** An existing cluster to use, which `close` then leaves running. */
  readonly flux?: FluxCluster;
  readonly say?: (line: string) => void;
};

export type Loop = {
  readonly sandbox: Sandbox;
  readonly flux: FluxCluster;
  readonly directory: string;
  /** The connector's JSON log. */
  readonly connectorLog: string;
  readonly startConnector: () => Promise<void>;
  readonly stopConnector: (signal?: NodeJS.Signals) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Needs dist/ (`ensureBuilt`). Whatever goes wrong, what was started is stopped again. */
export async function startLoop(options: LoopOptions): Promise<Loop> {
  const { seed, pipelines, port = 0, form, manifests, say = () => undefined } = options;
  const closing = createClosing(say);
  try {
    const { path, kubectl, helm } = await ensureAgentTools();
    const directory = await mkdtemp(join(tmpdir(), "fluxgate-loop-"));
    closing.add("temporary files", () =>
      rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }),
    );
    const sandbox = await createSandbox({
      seed,
      port,
      ...(options.clock ? { clock: options.clock } : {}),
      parts: [
        createPipelines({
          seed: pipelines,
          extensionDirectory: join(root, "dist"),
          toolsDirectory: path,
          ...(options.agentEnvironment && { agentEnvironment: options.agentEnvironment }),
        }),
      ],
      pages: portalPages({
        portalDirectory: join(root, "dist/portal"),
        manifestFile: join(root, "vss-extension.json"),
        organisation: seed.organisation,
      }),
    });
    closing.add("the sandbox", sandbox.close);
    const flux =
      options.flux ??
      (form === "real"
        ? await startRealFlux({
            directory: join(directory, "cluster"),
            binaries: await ensureCluster(),
          })
        : await startEmbeddedFlux({
            ...{ directory: join(directory, "cluster"), kubectl, helm },
            ...(options.fluxTimings ? { timings: options.fluxTimings } : {}),
          }));
    if (!options.flux) closing.add("Flux", flux.stop);

    const project = seed.projects[0]?.name ?? "";
    const configFile = join(directory, "connector.yaml");
    const connectorLog = join(directory, "connector.log");
    let connector: ConnectorProcess | undefined;
    const start = async () => {
      connector = await startConnector({
        bundle: join(root, "dist/connector/main.mjs"),
        ...{ configFile, logFile: connectorLog, token: "sandbox-connector" },
        ...(options.connector?.env ? { env: options.connector.env } : {}),
        onDeath: (last) =>
          say(
            `The connector has ended; its last words were: ${last}. Its log is ${connectorLog}. To go on, end this and start it again.`,
          ),
      });
    };
    if (manifests) {
      const { organisationUrl } = sandbox;
      const url = repositoryUrl({ organisationUrl, project, repository: manifests.repository });
      await flux.apply(
        fluxObjects({
          ...{ url, name: manifests.repository, token: "sandbox-reader" },
          kustomizations: manifests.kustomizations,
          ...(manifests.interval === undefined ? {} : { interval: manifests.interval }),
        }),
      );
      const { kubeconfig, ...settings } = options.connector ?? {};
      const config = connectorConfig({
        organisationUrl: sandbox.organisationUrl,
        project,
        repository: manifests.repository,
        kubeconfig: kubeconfig?.(flux) ?? flux.kubeconfig,
        environments: [
          ...new Set(manifests.kustomizations.flatMap(({ environment }) => environment ?? [])),
        ],
        ...settings,
      });
      await writeFile(configFile, config);
      closing.add("the connector", () => connector?.stop());
      await start();
    }
    return {
      ...{ sandbox, flux, directory, connectorLog },
      startConnector: start,
      stopConnector: async (signal) => connector?.stop(signal),
      close: closing.closeAll,
    };
  } catch (error) {
    await closing.closeAll();
    throw error;
  }
}
