import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClock } from "../../azure-devops/clock.ts";
import { eventually } from "../support/eventually.ts";
import { restOf } from "../support/rest.ts";
import { definitionsOf, pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const hour = 3_600_000;

const task = (name: string, handler: Readonly<Record<string, unknown>>) => ({
  id: "b7a2d6d4-0000-4000-8000-000000000001",
  ...{ name, version: { Major: 1, Minor: 0, Patch: 0 } },
  inputs: [
    { name: "url", type: "string", defaultValue: "" },
    { name: "word", type: "string", defaultValue: "" },
    { name: "expression", type: "string", defaultValue: "" },
  ],
  execution: { HttpRequest: handler },
});

const tasks = {
  // Keys in lower camel case, as the service's own ServiceBus tasks have them.
  Ask: task("Ask", {
    execute: {
      endpointUrl: "$(url)/ask?w={{#uriDataEncode word}}{{#if word}}&has=1{{else}}&has=0{{/if}}",
      method: "POST",
      headers: '{"Content-Type":"application/json"}',
      body: '{"word":"{{{word}}}","build":"$(Build.BuildId)"}',
      expression: "$(expression)",
    },
  }),
  Hold: task("Hold", {
    Execute: { EndpointUrl: "$(url)/hold", Method: "GET", WaitForCompletion: "true" },
    Cancel: { EndpointUrl: "$(url)/cancelled/$(system.TaskInstanceId)", Method: "DELETE" },
    Events: { TaskStarted: { Timeout: "01:00:00" }, TaskCompleted: { Timeout: "72:00:00" } },
  }),
};

const server = (step: string, more = "") =>
  `trigger: none\njobs:\n  - job: s\n    pool: server\n    timeoutInMinutes: 4320\n${more}    steps:\n${step}`;
const ask = (expression: string) =>
  server(
    `      - task: Ask@1\n        inputs: { url: $(url), word: "a b", expression: "${expression}" }\n`,
  );

describe("tasks without an agent", () => {
  const clock = createClock();
  const seen: { method: string; url: string; body: string; authorization: string | undefined }[] =
    [];
  let partner: Server;
  let pipelines: Pipelines;
  let folder: string;
  before(async () => {
    partner = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        const { method = "", url = "", headers } = request;
        seen.push({ method, url, body, authorization: headers.authorization });
        response.setHeader("Content-Type", "application/json");
        response.end('{"state":"good","value":[{"n":1,"ok":true},{"n":2,"ok":false}]}');
      });
    });
    await new Promise<void>((resolve) => partner.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(partner.address() as AddressInfo).port}`;
    folder = mkdtempSync(join(tmpdir(), "fluxgate-tasks-"));
    for (const [name, manifest] of Object.entries(tasks)) {
      mkdirSync(join(folder, "tasks", name), { recursive: true });
      writeFileSync(join(folder, "tasks", name, "task.json"), JSON.stringify(manifest));
    }
    const hold = "      - task: Hold@1\n        inputs: { url: $(url) }\n";
    pipelines = await pipelinesWith({
      app: {
        "good.yml": ask(
          "and(eq(root['state'], 'good'), eq(count(jsonpath('$.value[?(@.ok==true)]')), 1))",
        ),
        "bad.yml": ask("eq(response['statuscode'], '204')"),
        "hold.yml": server(hold),
        "delay.yml": server("      - task: Delay@1\n        inputs: { delayForMinutes: 4000 }\n"),
        "manual.yml": server(
          "      - task: ManualValidation@1\n        timeoutInMinutes: 60\n        inputs: { instructions: Look, onTimeout: resume }\n",
        ),
        "invoke.yml": server(
          "      - task: InvokeRESTAPI@1\n        inputs: { connectionType: connectedServiceName, serviceConnection: partner, method: GET, urlSuffix: /invoked, waitForCompletion: 'false' }\n",
        ),
      },
      seed: {
        definitions: definitionsOf("good", "bad", "hold", "delay", "manual", "invoke"),
        variableGroups: [{ name: "g", variables: { url } }],
        serviceEndpoints: [
          {
            ...{ name: "partner", url, scheme: "UsernamePassword" },
            parameters: { username: "u", password: "p" },
          },
        ],
      },
      ...{ clock, extensionDirectory: folder },
    });
    // The address of the partner is a variable of the pipelines' settings.
    for (let id = 1; id <= 3; id += 1) {
      const definition = await pipelines.rest.get<object>(`shop/_apis/build/definitions/${id}`);
      await pipelines.rest.send("PUT", `shop/_apis/build/definitions/${id}`, {
        ...definition,
        variables: { url: { value: url } },
      });
    }
  });
  after(async () => {
    await pipelines.sandbox.close();
    partner.close();
    rmSync(folder, { recursive: true });
  });

  it("fill their request by macros and mustache, and judge the answer by an expression", async () => {
    const { id } = await pipelines.start(1);
    assert.equal((await pipelines.ended(id)).result, "succeeded", await pipelines.log(id));
    const request = seen.at(-1);
    assert.equal(request?.url, "/ask?w=a%20b&has=1");
    assert.deepEqual(JSON.parse(request.body), { word: "a b", build: String(id) });
    const refused = await pipelines.start(2);
    assert.equal((await pipelines.ended(refused.id)).result, "failed");
    assert.match(await pipelines.log(refused.id), /does not meet the criteria: eq\(response/);
  });

  it("send the authorization of the connection that they name", async () => {
    const { id } = await pipelines.start(6);
    assert.equal((await pipelines.ended(id)).result, "succeeded", await pipelines.log(id));
    assert.equal(seen.at(-1)?.url, "/invoked");
    assert.equal(seen.at(-1)?.authorization, `Basic ${Buffer.from("u:p").toString("base64")}`);
  });

  it("tell the other side when the run is cancelled", async () => {
    const { id } = await pipelines.start(3);
    const { task: waiting } = await pipelines.waiting(id);
    await pipelines.rest.send("PATCH", `shop/_apis/build/builds/${id}`, { status: "cancelling" });
    assert.equal((await pipelines.ended(id)).result, "canceled");
    assert.deepEqual(
      [seen.at(-1)?.method, seen.at(-1)?.url],
      ["DELETE", `/cancelled/${waiting.id}`],
    );
  });

  it("fail when an event does not come in time, and not when it came", async () => {
    const unheard = await pipelines.start(3);
    await pipelines.waiting(unheard.id);
    clock.advance(hour);
    assert.equal((await pipelines.ended(unheard.id)).result, "failed");
    assert.match(await pipelines.log(unheard.id), /TaskStarted did not come within 01:00:00/);

    const { id } = await pipelines.start(3);
    const { task: waiting, job } = await pipelines.waiting(id);
    const { plans, project } = await pipelines.build(id);
    await restOf(pipelines.sandbox, "connector").send(
      "POST",
      `${project.id}/_apis/distributedtask/hubs/build/plans/${plans[0]?.planId}/events`,
      { name: "TaskStarted", jobId: job.id, taskId: waiting.id },
    );
    clock.advance(71 * hour);
    assert.equal((await pipelines.build(id)).status, "inProgress");
    clock.advance(hour);
    // The job's own 72 hours are over too: either may come first.
    assert.match((await pipelines.ended(id)).result ?? "", /failed|canceled/);
  });

  it("wait for days in no time", async () => {
    const { id } = await pipelines.start(4);
    await eventually("the delay", async () =>
      (await pipelines.log(id)).includes("Delay for 4000") ? true : undefined,
    );
    clock.advance(4001 * 60_000);
    assert.equal((await pipelines.ended(id)).result, "succeeded");
  });

  it("wait for a person, and go on by themselves where that is wanted", async () => {
    const root = "shop/_apis/pipelines/approvals";
    const first = await pipelines.start(5);
    const { task: asked } = await pipelines.waiting(first.id);
    await pipelines.rest.send("PATCH", root, [{ approvalId: asked.id, status: "rejected" }]);
    assert.equal((await pipelines.ended(first.id)).result, "failed");
    const second = await pipelines.start(5);
    await pipelines.waiting(second.id);
    clock.advance(hour);
    assert.equal((await pipelines.ended(second.id)).result, "succeeded");
  });
});
