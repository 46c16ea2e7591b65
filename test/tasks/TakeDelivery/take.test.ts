import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { run } from "../../../tasks/TakeDelivery/run.ts";

const commit = "b".repeat(40);
const green = {
  ...{ id: 5, buildNumber: "20261128.1", status: "completed", result: "succeeded" },
  ...{ sourceBranch: "refs/heads/main", sourceVersion: commit, project: { id: "p", name: "shop" } },
  definition: { id: 1, name: "shop-ci" },
};

describe("TakeDelivery", () => {
  let calls = 0;
  function take(
    world: {
      readonly builds?: readonly object[];
      readonly artefacts?: readonly string[];
      readonly consumes?: boolean;
      /** This run, where `current` is asked for. */
      readonly own?: object;
      /** What is answered in place of the service, call by call; undefined: as it is. */
      readonly fault?: (call: number) => number | "dropped" | undefined;
    },
    branches = ["refs/heads/main"],
  ) {
    const { builds = [green], artefacts = ["fluxgate"], consumes = true, own, fault } = world;
    calls = 0;
    const answers: Readonly<Record<string, unknown>> = {
      "/artifacts": { value: artefacts.map((name) => ({ name })) },
      "/runs/9": consumes
        ? { resources: { pipelines: { ci: { pipeline: { id: 1 }, version: "20261128.1" } } } }
        : { resources: {} },
      "/build/builds": { value: builds },
      ...(own === undefined ? {} : { "/build/builds/9": own }),
    };
    const ado = connectAzureDevOps({
      ...{ organisationUrl: "https://dev.azure.com/fabrikam", token: async () => "t" },
      ...(fault === undefined ? { attempts: 1 } : {}),
      fetch: async (input) => {
        calls += 1;
        const failed = fault?.(calls);
        if (failed === "dropped") throw new TypeError("fetch failed");
        if (failed !== undefined) {
          return new Response("", { status: failed, headers: { "Retry-After": "0.01" } });
        }
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        const found = Object.entries(answers).find(([end]) => pathname.endsWith(end));
        return found ? Response.json(found[1]) : new Response("", { status: 404 });
      },
    });
    const inputs = {
      ...{
        pipeline: own === undefined ? "ci" : "current",
        branches,
        artefact: "fluxgate",
        project: "p",
        definition: 2,
        build: 9,
      },
      ...{ organisationUrl: ado.organisationUrl, consumed: { project: "p", run: "5" } },
    };
    const log = { info: () => undefined, warn: () => undefined, debug: () => undefined };
    return run(inputs, { ado, log });
  }
  const code = "not-what-ci-approved";

  it("takes the run that the service says is consumed", async () => {
    const { outputs } = await take({});
    assert.deepEqual(outputs, {
      ...{ runId: "5", projectId: "p", pipelineId: "1", commit, branch: "refs/heads/main" },
      artefact: "fluxgate",
    });
  });

  it("ends the same when any one call is dropped, busy or throttled once", async () => {
    const { outputs } = await take({});
    const made = calls;
    assert.ok(made >= 3);
    for (const failed of ["dropped", 503, 429] as const) {
      for (let index = 1; index <= made; index += 1) {
        const again = await take({ fault: (call) => (call === index ? failed : undefined) });
        assert.deepEqual(again.outputs, outputs, `${failed}, call ${index}`);
        assert.equal(calls, made + 1);
      }
    }
  }).timeout(60_000);

  it("takes no silence and no refusal for an answer, at any call", async () => {
    await take({});
    const made = calls;
    for (let index = 1; index <= made; index += 1) {
      const refused = take({ fault: (call) => (call === index ? 403 : undefined) });
      await assert.rejects(refused, {
        code: "permission-missing",
        hint: /"View builds" for .* on the/,
      });
      const unseen = take({ fault: (call) => (call === index ? 404 : undefined) });
      await assert.rejects(unseen, { code: "permission-missing" });
      const odd = take({ fault: (call) => (call === index ? 400 : undefined) });
      await assert.rejects(odd, { code, hint: /once the service answers/ });
    }
  });

  it("tells runs of one name apart by the id that the service set", async () => {
    const { outputs } = await take({ builds: [{ ...green, id: 4, sourceVersion: "x" }, green] });
    assert.equal(outputs["runId"], "5");
  });

  it("names what the last attempt of CI published", async () => {
    const artefacts = ["fluxgate", "fluxgate-candidate-3", "fluxgate-2"];
    assert.equal((await take({ artefacts })).outputs["artefact"], "fluxgate-2");
  });

  it("takes this run itself where CI is an earlier stage of it, whatever its branch", async () => {
    const running = { ...green, id: 9, status: "inProgress", result: undefined };
    const own = await take({ own: running, artefacts: ["fluxgate"] }, ["refs/heads/other"]);
    assert.deepEqual([own.outputs["runId"], own.outputs["commit"]], ["9", commit]);
    await assert.rejects(take({ own: running, artefacts: [] }), { code, message: /holds nothing/ });
  });

  it("takes a branch that a pattern allows", async () => {
    const builds = [{ ...green, sourceBranch: "refs/heads/release/1.2" }];
    assert.equal((await take({ builds }, ["refs/heads/release/*"])).outputs["runId"], "5");
    await assert.rejects(take({ builds }), { code, message: /of release\/1\.2 .* is not of main/ });
  });

  for (const [what, world, message] of [
    ["no run", { consumes: false }, /no run of CI belongs to this run/],
    [
      "a failed run",
      { builds: [{ ...green, result: "failed" }] },
      /not approved by CI: it is failed/,
    ],
    [
      "a run in progress",
      { builds: [{ ...green, status: "inProgress", result: undefined }] },
      /not approved by CI: it is inProgress/,
    ],
    ["a run that is gone", { builds: [] }, /is not there any more, or this job may not see it/],
    [
      "a run whose artefact was removed",
      { artefacts: ["image-tags"] },
      /no longer holds its artefact fluxgate, or never published it \(it holds image-tags\)/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(take(world), { code, message });
    });
  }
});
