import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createClock } from "../../azure-devops/clock.ts";
import { checkTypes, taskChecks } from "../../pipelines/checks/model.ts";
import { eventually } from "../support/eventually.ts";
import { restOf, type Rest } from "../support/rest.ts";
import { definitionsOf, pipelinesWith, type Build, type Pipelines } from "./pipelines-harness.ts";

const hour = 3_600_000;
const to = (environment: string, more = "") =>
  `trigger: none\n${more}stages:\n  - stage: go\n    jobs:\n      - deployment: d\n        environment: ${environment}\n        strategy: { runOnce: { deploy: { steps: [{ bash: "echo deployed" }] } } }\n`;
const long = (behavior: string) =>
  to("locked", `lockBehavior: ${behavior}\n`).replace(
    `{ bash: "echo deployed" }`,
    `{ bash: "while [ ! -f /tmp/$(gate) ]; do sleep 0.1; done" }`,
  );
const names = ["asked", "latest", "turns", "branch", "hours", "rest", "called", "closed"] as const;
type Name = (typeof names)[number];

type Approval = {
  readonly id: string;
  readonly status: string;
  readonly pipeline: { readonly owner: { readonly id: number } };
  readonly steps: readonly { readonly status: string }[];
};

describe("approvals and checks", () => {
  const clock = createClock();
  let pipelines: Pipelines;
  let admin: Rest;
  let partner: Server;
  let answer = "wait";
  const heard: { planid: string; jobid: string; taskinstanceid: string; hubname: string }[] = [];
  before(async () => {
    partner = createServer((request, response) => {
      const { planid, jobid, taskinstanceid, hubname } = request.headers;
      heard.push({ planid, jobid, taskinstanceid, hubname } as (typeof heard)[number]);
      response.end(JSON.stringify({ state: answer }));
    });
    await new Promise<void>((resolve) => partner.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(partner.address() as AddressInfo).port}`;
    const yaml: Record<Name, string> = {
      ...{ asked: to("asked"), latest: long("runLatest"), turns: long("sequential") },
      ...{ branch: to("branch"), hours: to("hours"), rest: to("rest"), called: to("called") },
      closed: to("closed"),
    };
    pipelines = await pipelinesWith({
      app: Object.fromEntries(names.map((name) => [`${name}.yml`, yaml[name]])),
      seed: {
        definitions: definitionsOf(...names),
        environments: [
          { name: "asked", approvers: ["approver", "admin"] },
          { name: "locked", exclusiveLock: true },
          ...["branch", "hours", "rest", "called", "closed"],
        ],
        serviceEndpoints: [{ name: "partner", url }],
      },
      clock,
    });
    admin = restOf(pipelines.sandbox, "admin");
  });
  after(async () => {
    await pipelines.sandbox.close();
    partner.close();
  });

  const start = (name: Name) => pipelines.start(names.indexOf(name) + 1);
  const waits = (id: number, type: string) =>
    eventually(`${type} of run ${id}`, async () =>
      (await pipelines.records(id)).find((one) => one.type === type && one.state === "inProgress"),
    );
  async function approvalOf({ id }: Build): Promise<Approval> {
    await waits(id, "Checkpoint.Approval");
    const { value } = await admin.get<{ value: Approval[] }>(
      "shop/_apis/pipelines/approvals?state=pending&$expand=steps",
    );
    const found = value.find(({ pipeline }) => pipeline.owner.id === id);
    assert.ok(found);
    return found;
  }
  const decide = (rest: Rest, { id }: Approval, status: string) =>
    rest.send("PATCH", "shop/_apis/pipelines/approvals", [{ approvalId: id, status, comment: "" }]);
  async function check(environment: string, id: string, settings: object): Promise<number> {
    const { value } = await admin.get<{ value: { id: number; name: string }[] }>(
      `shop/_apis/pipelines/environments?name=${environment}`,
    );
    const path = "shop/_apis/pipelines/checks/configurations";
    const made = await admin.send<{ readonly id: number }>("POST", path, {
      ...{ type: checkTypes.task, timeout: 24 * 60 },
      settings: { definitionRef: { id, name: "x", version: "0.0.1" }, ...settings },
      resource: { type: "environment", id: String(value[0]?.id), name: environment },
    });
    return made.id;
  }

  it("hold a stage until an approver has said yes; others may not", async () => {
    const run = await start("asked");
    const approval = await approvalOf(run);
    const record = await waits(run.id, "Checkpoint.Approval");
    assert.equal(record.id, approval.id);
    const stage = (await pipelines.records(run.id)).find(({ type }) => type === "Stage");
    assert.equal(stage?.state, "pending");
    await assert.rejects(
      decide(pipelines.rest, approval, "approved"),
      /answered 403.*not authorized/,
    );
    await decide(restOf(pipelines.sandbox, "approver"), approval, "approved");
    assert.equal((await pipelines.ended(run.id)).result, "succeeded");
    await assert.rejects(
      decide(restOf(pipelines.sandbox, "approver"), approval, "approved"),
      /already completed/,
    );
  });

  it("fail the stage by a no, and skip it when nobody decides", async () => {
    const no = await start("asked");
    await decide(restOf(pipelines.sandbox, "approver"), await approvalOf(no), "rejected");
    assert.equal((await pipelines.ended(no.id)).result, "failed");
    const nobody = await start("asked");
    await approvalOf(nobody);
    clock.advance(31 * 24 * hour);
    await pipelines.ended(nobody.id);
    assert.deepEqual(await pipelines.results(nobody.id, "Stage"), { go: "skipped" });
  });

  it("let an administrator pass, and end with the run", async () => {
    const run = await start("asked");
    await approvalOf(run);
    const suite = (await pipelines.records(run.id)).find(({ type }) => type === "Checkpoint");
    const path = `shop/_apis/pipelines/checks/runs/${suite?.id}`;
    await assert.rejects(pipelines.rest.send("PATCH", path, { action: "bypass" }), /answered 403/);
    await admin.send("PATCH", path, { action: "bypass" });
    assert.equal((await pipelines.ended(run.id)).result, "succeeded");
    const cancelled = await start("asked");
    const approval = await approvalOf(cancelled);
    await pipelines.rest.send("PATCH", `shop/_apis/build/builds/${cancelled.id}`, {
      status: "cancelling",
    });
    assert.equal((await pipelines.ended(cancelled.id)).result, "canceled");
    const after = await admin.get<Approval>(`shop/_apis/pipelines/approvals/${approval.id}`);
    assert.equal(after.status, "canceled");
  });

  for (const [name, results] of [
    ["latest", ["succeeded", "canceled", "succeeded"]],
    ["turns", ["succeeded", "succeeded", "succeeded"]],
  ] as const) {
    it(`lock a resource for one run at a time: ${name}`, async () => {
      const gate = `fluxgate-gate-${process.pid}-${name}`;
      const definition = await pipelines.rest.get<object>(
        `shop/_apis/build/definitions/${names.indexOf(name) + 1}`,
      );
      await pipelines.rest.send("PUT", `shop/_apis/build/definitions/${names.indexOf(name) + 1}`, {
        ...definition,
        variables: { gate: { value: gate } },
      });
      const holds = await start(name);
      await eventually("the holder", async () =>
        (await pipelines.records(holds.id)).find(
          (one) => one.type === "Job" && one.state === "inProgress",
        ),
      );
      const second = await start(name);
      await waits(second.id, "Checkpoint.ExclusiveLock");
      const third = await start(name);
      await waits(third.id, "Checkpoint.ExclusiveLock");
      writeFileSync(`/tmp/${gate}`, "");
      const ended = [];
      for (const { id } of [holds, second, third]) ended.push((await pipelines.ended(id)).result);
      rmSync(`/tmp/${gate}`);
      assert.deepEqual(ended, results);
    });
  }

  it("look at the branch", async () => {
    await check("branch", taskChecks.branches, {
      inputs: { allowedBranches: "refs/heads/release/*" },
    });
    const run = await pipelines.ended((await start("branch")).id);
    assert.equal(run.result, "failed");
    assert.match(await pipelines.log(run.id), /Branch refs\/heads\/main is not allowed/);
  });

  it("wait for the hours in which it may go on", async () => {
    // Ten o'clock: far from midnight.
    const day = 24 * hour;
    clock.advance(day - ((clock.now().getTime() - 10 * hour) % day));
    const businessDays = clock.now().toLocaleString("en", { weekday: "long", timeZone: "UTC" });
    await check("hours", taskChecks.hours, {
      inputs: { businessDays, timeZone: "UTC", startTime: "12:00", endTime: "13:00" },
    });
    const { id } = await start("hours");
    await waits(id, "Checkpoint.TaskCheck");
    clock.advance(2 * hour + 60_000);
    assert.equal((await pipelines.ended(id)).result, "succeeded");
  });

  const partnerInputs = (more: Readonly<Record<string, string>>) => ({
    inputs: {
      connectedServiceName: "partner",
      method: "POST",
      waitForCompletion: "false",
      ...more,
    },
  });

  it("ask another service again and again, until it says yes", async () => {
    const made = await check("rest", taskChecks.restApi, {
      ...partnerInputs({ successCriteria: "eq(root['state'], 'go')" }),
      retryInterval: 5,
    });
    const { id } = await start("rest");
    await eventually("the first evaluation", async () =>
      (await pipelines.log(id)).includes("The next one is in 5 minutes") ? true : undefined,
    );
    answer = "go";
    clock.advance(5 * 60_000);
    assert.equal((await pipelines.ended(id)).result, "succeeded", await pipelines.log(id));
    // A disabled one asks nobody.
    answer = "wait";
    const address = `shop/_apis/pipelines/checks/configurations/${made}`;
    await admin.send("PATCH", address, { isDisabled: true });
    assert.equal((await admin.get<{ isDisabled: boolean }>(address)).isDisabled, true);
    assert.equal((await pipelines.ended((await start("rest")).id)).result, "succeeded");
    answer = "go";
  });

  it("wait to be called back, by a plan of their own", async () => {
    await check("called", taskChecks.restApi, partnerInputs({ waitForCompletion: "true" }));
    const run = await start("called");
    await waits(run.id, "Checkpoint.TaskCheck");
    const call = await eventually("the call", () => heard.at(-1));
    assert.equal(call.hubname, "checks");
    assert.notEqual(call.planid, run.plans[0]?.planId);
    await restOf(pipelines.sandbox, "connector").send(
      "POST",
      `${run.project.id}/_apis/distributedtask/hubs/checks/plans/${call.planid}/events`,
      {
        name: "TaskCompleted",
        jobId: call.jobid,
        taskId: call.taskinstanceid,
        result: "succeeded",
      },
    );
    assert.equal((await pipelines.ended(run.id)).result, "succeeded");
  });

  it("wait for the permission to use a resource", async () => {
    const { value } = await admin.get<{ value: { id: number }[] }>(
      "shop/_apis/pipelines/environments?name=closed",
    );
    const path = `shop/_apis/pipelines/pipelinePermissions/environment/${value[0]?.id}`;
    await admin.send("PATCH", path, { allPipelines: { authorized: false } });
    const { id } = await start("closed");
    await waits(id, "Checkpoint.Authorization");
    await admin.send("PATCH", path, {
      pipelines: [{ id: names.indexOf("closed") + 1, authorized: true }],
    });
    assert.equal((await pipelines.ended(id)).result, "succeeded");
  });
});
