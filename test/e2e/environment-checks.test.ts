import assert from "node:assert/strict";
import type { Browser, Frame } from "playwright-core";
import { type AzureDevOps, get, list } from "../../clients/azure-devops/connection.ts";
import { listChecks } from "../../clients/azure-devops/check-configurations.ts";
import { listGenericConnections } from "../../clients/azure-devops/generic-connections.ts";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import { createClock } from "../../sandbox/azure-devops/clock.ts";
import { axeProblems, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { eventually } from "../support/eventually.ts";
import { clientOf } from "../support/sandbox.ts";
import type { HubWorld } from "./hub-world.ts";
import { staging } from "./operator-world.ts";
import { useHub } from "./use-hub.ts";

type Run = { readonly id: number; readonly status: string; readonly result?: string };
type Record = { readonly type: string; readonly state: string; readonly result: string | null };

const minute = 60_000;
const environment = { id: 2, name: "follow-up" };

describe("a check on an Azure DevOps environment", function () {
  this.timeout(180_000);
  const clock = createClock();
  let browser: Browser;
  let world: HubWorld;
  let admin: AzureDevOps;

  useHub(
    async (...opened) => {
      [browser, world] = opened;
      admin = clientOf(world.sandbox, "admin");
      await world.report(await world.headOfMain(), healthy);
      await world.observe(staging());
    },
    { clock },
  );

  const healthy = { name: "dev", state: "succeeded", description: "all well" } as const;
  const settingsUrl = () => world.environmentsUrl.replace(/environments$/, "settings");
  const textOf = async (frame: Frame) => (await frame.innerText("body")).replaceAll(/\s+/g, " ");

  async function openChecks(identity: "admin" | "reader") {
    const opened = await openExtensionPage(browser, settingsUrl(), { identity });
    const { frame } = opened;
    await frame.click("summary:has-text('Look at checks')");
    await frame.selectOption("label:has-text('Azure DevOps environment') select", {
      label: environment.name,
    });
    await frame.selectOption("label:has-text('Waits for') select", {
      label: "dev of shop-manifests",
    });
    await frame.waitForSelector("text=/posted dev on/");
    return opened;
  }

  async function start(): Promise<number> {
    const answer = await clientOf(world.sandbox, "developer").http({
      method: "POST",
      url: `${world.sandbox.organisationUrl}/shop/_apis/build/builds?api-version=7.1`,
      json: { definition: { id: 2 } },
    });
    return answer.json<Run>().id;
  }
  const ended = (id: number) =>
    eventually(`the end of run ${id}`, async () => {
      const run = await get<Run>(admin, { project: "shop", path: ["build", "builds", id] });
      return run.status === "completed" ? run.result : undefined;
    });
  const records = async (id: number) =>
    (
      await get<{ records: readonly Record[] }>(admin, {
        ...{ project: "shop", path: ["build", "builds", id, "timeline"] },
      })
    ).records;
  /** How often the check of the run has asked and was not content. */
  const refusals = (id: number, times: number) =>
    eventually(`evaluation ${times} of run ${id}`, async () => {
      const path = ["build", "builds", id, "logs"];
      const logs = await list<{ readonly id: number }>(admin, { project: "shop", path });
      const texts = await Promise.all(
        logs.map(({ id: log }) =>
          get<{ value: string[] }>(admin, { project: "shop", path: [...path, log] }),
        ),
      );
      const said = JSON.stringify(texts).match(/did not pass/g)?.length ?? 0;
      return said >= times ? true : undefined;
    });
  const push = (message: string) =>
    world.push({ branch: "main", message, writes: { "dev/note.txt": message } });

  it("is created by the page with its service connection, said before, and once", async () => {
    const { frame, complaints } = await openChecks("admin");
    const before = await textOf(frame);
    assert.match(before, /Connie Connector|posted dev on/);
    assert.match(before, /creates the service connection fluxgate-azure-devops to http/);
    assert.match(before, /asks every 5 minutes, and skips the stage after 50/);
    assert.deepEqual(await axeProblems(frame), []);
    assert.deepEqual(await listChecks(admin, { project: "shop", environment }), []);
    await frame.click("button:has-text('Create the check')");
    await frame.waitForSelector("text=/as above: nothing is to be done/");
    assert.equal(await frame.locator("button:has-text('Create the check')").count(), 0);
    const again = await openChecks("admin");
    await again.frame.waitForSelector("text=/as above: nothing is to be done/");
    assert.deepEqual(await axeProblems(again.frame), []);
    assert.equal((await listChecks(admin, { project: "shop", environment })).length, 1);
    const project = { id: "shop", name: "shop" };
    assert.deepEqual(
      (await listGenericConnections(admin, { project })).map(({ name }) => name),
      ["fluxgate-azure-devops"],
    );
    assert.deepEqual(complaints, []);
  });

  it("lets a stage pass whose commit the connector calls healthy", async () => {
    assert.equal(await ended(await start()), "succeeded");
  });

  it("holds it until then, whoever else says so", async () => {
    const commit = await push("next");
    const run = await start();
    await refusals(run, 1);
    const status = { ...healthy, context: { genre: "fluxgate", name: "dev" } };
    await postStatus(clientOf(world.sandbox, "developer"), { repo: world.repo, commit, status });
    clock.advance(5 * minute);
    await refusals(run, 2);
    const held = (await records(run)).filter(({ type }) => type === "Checkpoint.TaskCheck");
    assert.deepEqual(
      held.map(({ state }) => state),
      ["inProgress"],
    );
    await world.report(commit, healthy);
    clock.advance(5 * minute);
    assert.equal(await ended(run), "succeeded");
  });

  it("skips the stage where it never becomes healthy", async () => {
    const commit = await push("broken");
    await world.report(commit, { name: "dev", state: "failed", description: "no image" });
    const run = await start();
    await refusals(run, 1);
    clock.advance(51 * minute);
    await ended(run);
    const stages = (await records(run)).filter(({ type }) => type === "Stage");
    assert.deepEqual(
      stages.map(({ result }) => result),
      ["skipped"],
    );
    await world.report(commit, healthy);
  });

  it("is updated in place where something is otherwise, and taken away", async () => {
    const { frame } = await openChecks("admin");
    // Two have posted it by now: nobody is taken unasked.
    await frame.waitForSelector("text=/The connector's identity is no id/");
    await frame.click("button:has-text('Take Fluxgate connector')");
    await frame.fill("label:has-text('Skip the stage') input", "100");
    await frame.waitForSelector("text=/time between evaluations: 5, above 10/");
    const [before] = await listChecks(admin, { project: "shop", environment });
    await frame.click("button:has-text('Update check')");
    await frame.waitForSelector("text=/as above: nothing is to be done/");
    const [after] = await listChecks(admin, { project: "shop", environment });
    assert.deepEqual([after?.id, after?.timeout], [before?.id, 100]);
    await frame.click("button:has-text('Remove check')");
    await frame.waitForSelector("text=/Nothing on/");
    assert.deepEqual(await listChecks(admin, { project: "shop", environment }), []);
  });

  it("names the role that who presses lacks, in the words of the service too", async () => {
    const { frame } = await openChecks("reader");
    await frame.click("button:has-text('Take Fluxgate connector')");
    await frame.click("button:has-text('Create the check')");
    await frame.waitForSelector("text=/Failed to create the check on the environment follow-up/");
    const said = await textOf(frame);
    assert.match(said, /needs Administer permissions on the environment/);
    assert.match(said, /You need the role Administrator \(Pipelines > Environments > follow-up/);
    assert.match(said, /scope vso\.pipelineresources_manage/);
    assert.deepEqual(await listChecks(admin, { project: "shop", environment }), []);
  });
});
