// Where the letters of runs that wait are found.
import assert from "node:assert/strict";
import { findPullRequestsOfProject } from "../../clients/azure-devops/pull-requests.ts";
import { patchProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { listStatuses, postStatus } from "../../clients/azure-devops/statuses.ts";
import { runBranchName } from "../../core/run/branch.ts";
import { closingStatus, parseLetter, waitContext, waitTaskId } from "../../core/run/letter.ts";
import { runRecordProperty, writeRunRecord } from "../../core/run/record.ts";
import { loadEnvironments } from "../../hub/data/load-environments.ts";
import { loadWaits } from "../../hub/data/load-waits.ts";
import { createMemory } from "../../hub/data/memory.ts";
import { waitLinks } from "../../hub/view/request-view.ts";
import { type HubWorld, startHubWorld } from "../e2e/hub-world.ts";
import { clientOf } from "../support/sandbox.ts";

const extension = { publisher: "fluxgate", name: "fluxgate" };

describe("the runs that wait for an environment", function () {
  this.timeout(60_000);
  let world: HubWorld;
  before(async () => {
    world = await startHubWorld();
  });
  after(async () => {
    assert.deepEqual(world.sandbox.unhandled(), []);
    await world.stop();
  });

  const ado = () => clientOf(world.sandbox, "reader");
  const shown = (known: readonly string[]) => known;
  const look = () =>
    loadEnvironments(ado(), { project: "shop", extension, shown, near: undefined }, createMemory());

  async function waitsFor(environment: string): Promise<readonly string[]> {
    const facts = await look();
    assert.deepEqual(facts.problems, []);
    const { organisationUrl } = world.sandbox;
    return facts.repositories
      .flatMap((one) =>
        waitLinks(
          one,
          { delivery: "shop", environment },
          { organisationUrl, extension, now: Date.now() },
        ),
      )
      .map(({ text }) => text.replace(/^shop-cd \S+ /, "shop-cd "));
  }

  it("are there though somebody has pushed to the branch of one, with that as its reason", async () => {
    const { build } = await world.openRun({ environment: "dev", writes: { "dev/a.yaml": "" } });
    const usual = await waitsFor("dev");
    assert.equal(usual.length, 1);
    assert.doesNotMatch(String(usual), /pushed/);
    const branch = runBranchName({ delivery: "shop", environment: "dev", build, attempt: 1 });
    await world.push({ branch, onto: branch, message: "By hand", writes: { "dev/b.yaml": "" } });
    const [text = "", ...more] = await waitsFor("dev");
    assert.match(text, /^shop-cd has .*wait.*; somebody has pushed to its branch since$/);
    assert.deepEqual(more, []);
  });

  it("are there when the merge has taken the branch away", async () => {
    const { id, build } = await world.openRun({
      environment: "staging",
      writes: { "staging/a.yaml": "" },
    });
    await world.merge(id);
    const branch = runBranchName({ delivery: "shop", environment: "staging", build, attempt: 1 });
    await world.remove(branch);
    const found = await waitsFor("staging");
    assert.equal(found.length, 1);
    assert.doesNotMatch(String(found), /pushed/);
  });

  it("are there where their commit stands on the branch itself, without any pull request", async () => {
    const commit = await world.push({
      ...{ branch: "main", message: "Direct" },
      writes: { "prod/a.yaml": "" },
    });
    const { project } = (await world.pullRequest(1)).repository;
    const targetUrl = `${world.sandbox.organisationUrl}/${project.id}/_build/results?buildId=101&view=logs&j=11111111-1111-5111-8111-111111111111&t=${waitTaskId}`;
    const context = waitContext({ delivery: "shop", environment: "prod" });
    const status = { state: "pending", context, targetUrl } as const;
    await postStatus(clientOf(world.sandbox, "build"), { repo: world.repo, commit, status });
    assert.equal((await waitsFor("prod")).length, 1);
  });

  it("are looked for no more where the wait is over", async () => {
    const all = await findPullRequestsOfProject(ado(), { project: "shop", status: "all", top: 10 });
    const made = all.filter(({ status }) => status === "completed");
    const [letter] = (await look()).repositories.flatMap(({ waits }) =>
      waits.filter(({ environment }) => environment === "staging"),
    );
    assert.ok(letter !== undefined && made[0] !== undefined);
    const commit = made[0].lastMergeSourceCommit?.commitId ?? "";
    let calls = 0;
    const client = ado();
    const counted = {
      ...client,
      http: (request: Parameters<typeof client.http>[0]) => {
        calls += 1;
        return client.http(request);
      },
    };
    const memory = createMemory();
    const of = { repo: world.repo, connectors: new Set<string>(), made };
    const again = async () => {
      calls = 0;
      const { waits } = await loadWaits(counted, of, memory);
      return [waits.length, calls] as const;
    };
    const [, first] = await again();
    assert.deepEqual(await again(), [1, first]);
    const statuses = await listStatuses(client, { repo: world.repo, commit });
    const open = statuses.find((one) => parseLetter(one) !== undefined) ?? assert.fail("no letter");
    const status = closingStatus(open, { state: "succeeded", description: "healthy" });
    await postStatus(world.connector, { repo: world.repo, commit, status });
    assert.equal((await again())[0], 0);
    const [none, last] = await again();
    assert.equal(none, 0);
    assert.ok(last < first, `${last} calls, ${first} before`);
  });

  it("are not those that a forged record leads to", async () => {
    const all = await findPullRequestsOfProject(ado(), { project: "shop", status: "all", top: 10 });
    const [own, other] = [1, 2].map((id) => all.find((one) => one.pullRequestId === id));
    const commit = other?.lastMergeSourceCommit?.commitId ?? assert.fail("no commit");
    const record = { delivery: "shop", environment: "dev", build: 101, attempt: 1, commit };
    const properties = { [runRecordProperty]: writeRunRecord({ ...record, contentDigest: "0" }) };
    const admin = clientOf(world.sandbox, "admin");
    await patchProperties(admin, { repo: world.repo, id: 1, properties });
    const of = { repo: world.repo, connectors: new Set<string>(), made: own ? [own] : [] };
    assert.deepEqual(await loadWaits(ado(), of, createMemory()), { waits: [], unread: [] });
  });
});
