import type { Clock } from "../../azure-devops/clock.ts";
import { createSandbox, type Sandbox } from "../../azure-devops/create-sandbox.ts";
import { createPipelines } from "../../pipelines/create-pipelines.ts";
import type { PipelinesSeed } from "../../pipelines/seed.ts";
import { eventually } from "../support/eventually.ts";
import { restOf, type Rest } from "../support/rest.ts";

export type Build = {
  readonly id: number;
  readonly status: string;
  readonly result?: string;
  readonly reason: string;
  readonly sourceBranch: string;
  readonly sourceVersion: string;
  readonly tags: readonly string[];
  readonly definition: { readonly name: string };
  readonly plans: readonly { readonly planId: string }[];
  readonly project: { readonly id: string };
  readonly buildNumber: string;
  readonly validationResults: readonly { readonly message: string }[];
};

export type TimelineRecord = {
  readonly id: string;
  readonly parentId: string | null;
  readonly type: string;
  readonly name: string;
  readonly state: string;
  readonly result: string | null;
  readonly startTime: string | null;
  readonly attempt: number;
  readonly task: { readonly name: string } | null;
  readonly log: { readonly id: number } | null;
  readonly issues?: readonly { readonly message: string }[];
};

export type Pipelines = {
  readonly sandbox: Sandbox;
  readonly rest: Rest;
  /** Starts the definition with that id (1 = the first one). */
  readonly start: (id?: number) => Promise<Build>;
  readonly build: (id: number) => Promise<Build>;
  readonly builds: () => Promise<readonly Build[]>;
  readonly records: (id: number) => Promise<readonly TimelineRecord[]>;
  readonly ended: (id: number) => Promise<Build>;
  /** The record of a server task that waits, with its job. */
  readonly waiting: (id: number) => Promise<{ task: TimelineRecord; job: TimelineRecord }>;
  readonly complete: (id: number, result: "succeeded" | "failed") => Promise<void>;
  /** Results by name of the records of a type: `{ dev: "succeeded" }`. */
  readonly results: (id: number, type: string) => Promise<Readonly<Record<string, string | null>>>;
  /** Every log line of a run, without the times. */
  readonly log: (id: number) => Promise<string>;
};

/** Project `shop` with one repository `app` and whatever else is given; its tasks are the sources'. */
export async function pipelinesWith(options: {
  readonly app: Readonly<Record<string, string>>;
  readonly repositories?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly seed?: Partial<PipelinesSeed>;
  readonly clock?: Clock;
  /** Holds `tasks/<Task>/task.json`. */
  readonly extensionDirectory?: string;
}): Promise<Pipelines> {
  const { app, repositories = {}, seed = {}, clock, extensionDirectory = "." } = options;
  const sandbox = await createSandbox({
    seed: {
      organisation: "fabrikam",
      projects: [
        {
          name: "shop",
          repositories: Object.entries({ app, ...repositories }).map(([name, files]) => ({
            name,
            files,
          })),
        },
      ],
    },
    ...(clock ? { clock } : {}),
    // The folder tasks/ of the checkout: enough for tasks without code.
    parts: [createPipelines({ seed: { definitions: [ci], ...seed }, extensionDirectory })],
  });
  return pipelinesOf(sandbox);
}

/** A definition of `app` for each name; their YAML lies in `<name>.yml`. */
export function definitionsOf(...names: readonly string[]): PipelinesSeed["definitions"] {
  return names.map((name) => ({
    ...{ name, project: "shop", repository: "app", yamlPath: `${name}.yml` },
  }));
}

export const ci = { name: "ci", project: "shop", repository: "app", yamlPath: "ci.yml" };

/** What a test asks about runs. */
export function pipelinesOf(sandbox: Sandbox): Pipelines {
  const rest = restOf(sandbox, "developer");
  const builds = "shop/_apis/build/builds";
  const build = (id: number) => rest.get<Build>(`${builds}/${id}`);
  const records = async (id: number) => {
    const timeline = await rest.get<{ records: TimelineRecord[] } | "">(`${builds}/${id}/timeline`);
    return timeline === "" ? [] : timeline.records;
  };
  // Whole pipelines run before; whoever is in a hurry has mocha's own time-out.
  const patience = { withinMs: 120_000 };
  const waiting = (id: number) =>
    eventually(
      `a waiting task of run ${id}`,
      async () => {
        const all = await records(id);
        const task = all.find((one) => one.task && one.state === "pending" && one.startTime);
        const job = all.find((one) => one.id === task?.parentId);
        return task && job && { task, job };
      },
      patience,
    );
  return {
    sandbox,
    rest,
    build,
    records,
    waiting,
    start: (id = 1) => rest.send<Build>("POST", builds, { definition: { id } }),
    builds: async () => (await rest.get<{ value: Build[] }>(builds)).value,
    ended: (id) =>
      eventually(
        `the end of run ${id}`,
        async () => {
          const seen = await build(id);
          return seen.status === "completed" ? seen : undefined;
        },
        patience,
      ),
    complete: async (id, result) => {
      const { plans, project } = await build(id);
      const { task, job } = await waiting(id);
      await restOf(sandbox, "connector").send(
        "POST",
        `${project.id}/_apis/distributedtask/hubs/build/plans/${plans[0]?.planId}/events`,
        { name: "TaskCompleted", jobId: job.id, taskId: task.id, result },
      );
    },
    results: async (id, type) =>
      Object.fromEntries(
        (await records(id)).filter((one) => one.type === type).map((one) => [one.name, one.result]),
      ),
    log: async (id) => {
      const logs = (await records(id)).flatMap(({ log }) => (log ? [log.id] : []));
      const lines = await Promise.all(
        logs.map((log) => rest.get<{ value: string[] }>(`${builds}/${id}/logs/${log}`)),
      );
      return lines
        .flatMap(({ value }) => value.map((line) => line.replace(/^\S+Z /, "")))
        .join("\n");
    },
  };
}
