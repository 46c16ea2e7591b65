// The whole loop for one row: sandbox, embedded Flux, and the built connector with its own timings.
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { mkdtemp, rm } from "node:fs/promises";
import type { Build, PullRequest } from "../../../core/azure-devops/types.ts";
import { gitPush } from "../../../sandbox/test/support/git-push.ts";
import { restOf, type Rest } from "../../../sandbox/test/support/rest.ts";
import { startLoop, type Loop } from "../../start/start-loop.ts";
import { appFiles, deliveryRepository } from "./delivery.ts";

export type BenchLoop = {
  readonly loop: Loop;
  readonly rest: (as: Parameters<typeof restOf>[1]) => Rest;
  /** Pushes a change of every object; resolves once its run waits for the merge. */
  readonly deploy: (version: number, tag?: string) => Promise<Waiting>;
  /** Merges it; resolves once the run has ended. */
  readonly finish: (waiting: Waiting) => Promise<string>;
  /** Calls to Azure DevOps since the connector's start, as its own metric counts them; all, or of an area. */
  readonly calls: (area?: string) => Promise<number>;
  /** Those since a moment (ms since 1970) by name, with the seconds since then; none unless noted. */
  readonly named: (since: number) => readonly string[];
  readonly close: () => Promise<void>;
};

export type Waiting = { readonly run: Build; readonly pullRequest: PullRequest };

const manifests = "shop/_apis/git/repositories/manifests";

export async function startBenchLoop(of: {
  /** Also of the namespace and of the Kustomization. */
  readonly name: string;
  readonly objects: number;
  /** Kustomizations of the repository that belong to no environment. */
  readonly foreign?: number;
  /** Note each call by its name. */
  readonly named: boolean;
}): Promise<BenchLoop> {
  const { name, objects, foreign = 0 } = of;
  const files = (version: number, tag?: string) =>
    appFiles({ count: objects, namespace: name, version, ...(tag === undefined ? {} : { tag }) });
  const others = Array.from({ length: foreign }, (_, index) => `foreign-${index}`);
  const folder = await mkdtemp(join(tmpdir(), "fluxgate-bench-calls-"));
  const callsFile = join(folder, "calls");
  const noting = {
    NODE_OPTIONS: `--import ${resolve(import.meta.dirname, "note-calls.mjs")}`,
    BENCH_CALLS: callsFile,
  };
  const loop = await startLoop({
    connector: { env: of.named ? noting : {} },
    seed: {
      organisation: "fabrikam",
      projects: [
        {
          name: "shop",
          repositories: [
            deliveryRepository(files(1)),
            {
              name: "manifests",
              files: {
                "dev/namespace.yaml": `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`,
                ...Object.fromEntries(others.map((one) => [`${one}/map.yaml`, configMap(one)])),
              },
            },
          ],
        },
      ],
    },
    pipelines: {
      definitions: [
        { name: "shop-cd", project: "shop", repository: "shop", yamlPath: "pipeline.yml" },
      ],
    },
    form: "embedded",
    manifests: {
      repository: "manifests",
      interval: "5s",
      kustomizations: [
        { name: `${name}-dev`, path: "dev", environment: "dev" },
        ...others.map((one) => ({ name: one, path: one, spec: { interval: "10m" } })),
      ],
    },
  });
  const rest = (as: Parameters<typeof restOf>[1]) => restOf(loop.sandbox, as);
  const url = `${loop.sandbox.organisationUrl}/shop/_git/shop`;

  async function readLog(run: Build): Promise<string> {
    const path = `shop/_apis/build/builds/${run.id}/timeline`;
    const { records = [] } = await rest("reader").get<{
      readonly records?: readonly {
        readonly log?: { readonly id: number };
        readonly name: string;
      }[];
    }>(path);
    const log = records.find((one) => one.name === "WaitForFlux")?.log?.id;
    if (log === undefined) return "";
    const lines = await rest("reader").get<{ readonly value: readonly string[] }>(
      `shop/_apis/build/builds/${run.id}/logs/${log}`,
    );
    return lines.value.join("\n");
  }

  const calls = (area?: string) => readCalls(loop.connectorLog, area);
  return {
    ...{ loop, rest, calls },
    named: (since) => readNamed(callsFile, since).map((line) => `${name} ${line}`),
    close: async () => {
      await loop.close();
      await rm(folder, { recursive: true });
    },
    deploy: async (version, tag) => {
      const commit = await gitPush(url, { files: files(version, tag) });
      const run = await until("the run", async () => {
        const builds = await rest("reader").get<List<Build>>("shop/_apis/build/builds");
        return builds.value.find(({ sourceVersion }) => sourceVersion === commit);
      });
      await until("the run to wait for the merge", async () =>
        /waiting for the merge/.test(await readLog(run)) ? true : undefined,
      );
      const all = await rest("reader").get<List<PullRequest>>(
        `${manifests}/pullrequests?searchCriteria.status=active`,
      );
      const [pullRequest] = all.value;
      if (pullRequest === undefined) throw new Error("no pull request is open");
      return { run, pullRequest };
    },
    finish: async ({ run, pullRequest: { pullRequestId } }) => {
      const path = `${manifests}/pullrequests/${pullRequestId}`;
      const { lastMergeSourceCommit } = await rest("approver").get<PullRequest>(path);
      await rest("approver").send("PATCH", path, {
        status: "completed",
        lastMergeSourceCommit,
        completionOptions: { mergeStrategy: "noFastForward", deleteSourceBranch: true },
      });
      return until("the run to end", async () => {
        const found = await rest("reader").get<Build>(`shop/_apis/build/builds/${run.id}`);
        return found.status === "completed" ? (found.result ?? "") : undefined;
      });
    },
  };
}

function readNamed(file: string, since: number): readonly string[] {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  return lines.flatMap((line) => {
    const [time = "", ...name] = line.split(" ");
    const after = (Number(time) - since) / 1000;
    return after < 0 ? [] : [`${after.toFixed(1).padStart(7)} ${name.join(" ")}`];
  });
}

type List<T> = { readonly value: readonly T[] };

/** Reads the connector's metric of calls. */
export async function readCalls(connectorLog: string, area?: string): Promise<number> {
  const text = await readMetrics(connectorLog);
  return [...text.matchAll(/^fluxgate_azure_devops_calls_total\{([^}]*)\} (\d+)/gm)]
    .filter(([, labels = ""]) => area === undefined || labels.includes(`area="${area}"`))
    .reduce((sum, [, , value]) => sum + Number(value), 0);
}

/** All metrics of the connector whose log this is. */
export async function readMetrics(connectorLog: string): Promise<string> {
  // Its last line may not have reached the file yet.
  const port = await until("the connector's address", async () => {
    const lines = readFileSync(connectorLog, "utf8").split("\n");
    const ready = lines.findLast((line) => line.includes('"The connector is ready"'));
    return ready && (JSON.parse(ready) as { readonly port: number }).port;
  });
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

/** Asks until there is an answer. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + 300_000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`Waited too long for ${what}`);
    await pause(250);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: default }\n`;
}
