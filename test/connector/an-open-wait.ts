import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { createMetrics } from "../../connector/metrics.ts";
import type { OpenWait } from "../../connector/reconcilers/open-wait.ts";
import type { Connector } from "../../connector/connector.ts";
import { buildId, commitSha, jobId, planId, taskId } from "../../core/brand.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import pino from "pino";

const guid = (digit: string) => `${digit.repeat(8)}-1111-4111-8111-111111111111`;
const organisationUrl = "https://dev.azure.com/fabrikam";
export const [job, task, plan] = [guid("a"), guid("b"), guid("c")];
export const me = guid("d");

export const letter: CommitStatus = {
  ...{ id: 10, state: "pending", creationDate: "2026-01-01T00:00:00Z" },
  ...{ context: { genre: "fluxgate", name: "wait/shop/dev" }, targetUrl: "https://the-log" },
};

export const open: OpenWait = {
  wait: {
    key: {
      ...{ organisation: organisationUrl, project: "shop", build: buildId(7), attempt: 1 },
      ...{ plan: planId(plan), job: jobId(job), task: taskId(task) },
    },
    ...{ delivery: "shop", environment: "dev", repository: "r", letter, deadline: Infinity },
    carrier: commitSha("e".repeat(40)),
  },
  repository: { ref: { project: "shop", repository: "manifests" } } as ManifestsRepository,
  environment: {
    ...{ name: "dev", repository: "manifests", path: "dev", objects: [], scope: "delivery" },
    ...{ healthUnknownSucceeds: false, clusters: [] },
  },
  ...{ timeline: plan, log: undefined, pullRequest: undefined, madeByRun: true, unchanged: false },
  ...{ runName: "shop 7", started: {}, source: undefined },
};

export type Answers = {
  /** State of the task's record. */
  readonly record?: string;
  /** State of the plan. */
  readonly plan?: string;
  readonly statuses?: readonly CommitStatus[];
  /** HTTP status of the answer to cancelling the run. */
  readonly cancel?: number;
};

/** An Azure DevOps that says what it is told to, and what was asked of it, in order. */
export function anAzureDevOps(answers: Answers = {}) {
  const { record = "pending", plan: state = "inProgress", statuses = [letter], cancel } = answers;
  const asked: string[] = [];
  const refused = (status: number) => Response.json({ message: "no" }, { status });
  const routes: readonly (readonly [RegExp, string, (body: string) => Response])[] = [
    [/^GET .*\/statuses/, "read letter", () => Response.json({ value: statuses })],
    [
      /^POST .*\/statuses/,
      "post status",
      (body) => Response.json({ id: 99, ...(JSON.parse(body) as object) }),
    ],
    [
      /^GET .*\/timeline/,
      "read task",
      () => Response.json({ id: plan, records: [{ id: task, parentId: job, state: record }] }),
    ],
    [/^POST .*\/logs$/, "create log", () => Response.json({ id: 5 })],
    [/^POST .*\/logs\/\d+$/, "append log", () => Response.json({})],
    [/^POST .*\/feed$/, "feed", () => Response.json({})],
    [/^PATCH .*\/records$/, "update record", () => Response.json({ value: [] })],
    [/^POST .*\/events$/, "complete", () => new Response(null, { status: 204 })],
    [
      /^PATCH .*\/builds\/7$/,
      "cancel",
      () => (cancel ? refused(cancel) : Response.json({ id: 7 })),
    ],
    [/\/tags\//, "tag", () => Response.json({ value: [] })],
    [/^GET .*\/plans\//, "read plan", () => Response.json({ planId: plan, state })],
  ];
  const answer: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const request = `${init?.method ?? "GET"} ${url.pathname}`;
    const route = routes.find(([pattern]) => pattern.test(request));
    const body = typeof init?.body === "string" ? init.body : "";
    const said = /"(?:result|state)":"(\w+)"/.exec(body)?.[1];
    asked.push(`${route?.[1] ?? request}${said === undefined ? "" : ` ${said}`}`);
    return route?.[2](body) ?? refused(501);
  };
  const said: string[] = [];
  const write = (line: string) =>
    void said.push((JSON.parse(line) as { readonly msg: string }).msg);
  const room = {
    ado: connectAzureDevOps({
      ...{ organisationUrl, kind: "pat", fetch: answer, token: async () => "t", attempts: 1 },
    }),
    config: { superseded: "cancel", timings: { look: 10_000 } },
    ...{ me, metrics: createMetrics(), log: pino({}, { write }) },
  } as unknown as Pick<Connector, "ado" | "config" | "log" | "me" | "metrics">;
  return { room, asked, said };
}
