import assert from "node:assert/strict";
import { listBuilds } from "../../clients/azure-devops/builds.ts";
import { createPullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { pushNewBranch } from "../../clients/azure-devops/push-files.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import { runBranchName } from "../../core/run/branch.ts";
import { writeTrailers } from "../../core/run/trailers.ts";
import { loadTrace } from "../../hub/data/load-trace.ts";
import { createMemory } from "../../hub/data/memory.ts";
import { otherProjects } from "../../hub/view/other-projects.ts";
import { type TraceQuery, traceQuery } from "../../hub/view/trace-query.ts";
import { runTraceText, traceText } from "../../hub/view/trace-text.ts";
import { createSandbox, type Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { clientOf } from "../support/sandbox.ts";
import { aSnapshot } from "./a-snapshot.ts";

describe("the way of a change whose manifests are in another project than its pipeline", () => {
  let sandbox: Sandbox;
  let code: string;
  let build: number;
  const manifests = { project: "platform", repository: "manifests" };

  before(async () => {
    const files = { "README.md": "x\n", "cd.yml": "pool: server\nsteps: []\n" };
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        projects: [
          { name: "shop", repositories: [{ name: "shop", files }] },
          { name: "platform", repositories: [{ name: "manifests", files }] },
        ],
      },
      parts: [
        createPipelines({
          seed: {
            definitions: [
              {
                ...{ name: "shop-cd", project: "shop", repository: "shop" },
                ...{ yamlPath: "cd.yml", completedRuns: 1 },
              },
            ],
          },
          extensionDirectory: ".",
        }),
      ],
    });
    const ado = clientOf(sandbox, "build");
    const [ran] = await listBuilds(ado, { project: "shop", status: "all", top: 1 });
    build = ran?.id ?? 0;
    code = await headOf("shop", "shop");
    const { organisationUrl } = sandbox;
    const branch = { delivery: "shop", environment: "dev", build, attempt: 1 };
    const sourceRef = `refs/heads/${runBranchName(branch)}`;
    const trailers = writeTrailers({
      source: `${organisationUrl}/shop/_git/shop@${code}`,
      run: runUrl({ organisationUrl, project: "shop", build }),
      ...{ delivery: "shop", environment: "dev" },
    });
    await pushNewBranch(ado, {
      ...{ repo: manifests, ref: sourceRef, onto: await headOf("platform", "manifests") },
      message: `Deploy\n\n${trailers}`,
      files: [{ path: "dev/a.yaml", content: new TextEncoder().encode("a: 1\n"), exists: false }],
    });
    await createPullRequest(ado, {
      ...{ repo: manifests, sourceRef, targetRef: "refs/heads/main" },
      ...{ title: "Deploy", description: "" },
    });
  });
  after(() => sandbox?.close());

  async function headOf(project: string, repository: string): Promise<string> {
    const repo = { project, repository };
    const ado = clientOf(sandbox, "developer");
    const [main] = await listRefs(ado, { repo, filter: "heads/main" });
    return main?.objectId ?? "";
  }

  const look = (query: TraceQuery, others: readonly string[]) => {
    const of = { project: "shop", others, query, connectors: new Set<string>() };
    return loadTrace(clientOf(sandbox, "reader"), of, createMemory());
  };
  const ofRun = (others: readonly string[]) => look({ kind: "run", build }, others);

  it("is found by its run, with the run and the code of their own project", async () => {
    const { journeys, elsewhere } = await ofRun(["platform"]);
    assert.deepEqual(elsewhere, ["platform"]);
    const found = journeys.map((one) => [
      one.build?.id,
      one.codeRepository?.name,
      one.code?.commitId,
    ]);
    assert.deepEqual(found, [[build, "shop", code]]);
  });

  it("is found by the commit of its code", async () => {
    const { journeys } = await look(traceQuery(code), ["platform"]);
    assert.deepEqual(
      journeys.map(({ branch }) => branch.environment),
      ["dev"],
    );
  });

  it("is missed by name where the other project could not be looked through", async () => {
    const run = await ofRun(["gone"]);
    assert.match(runTraceText(run), /in this project: .* Not looked through: gone\.$/);
    const asked = await look(traceQuery("f".repeat(40)), ["gone", "platform"]);
    assert.match(
      traceText("it", asked),
      /\(\d+ looked through, in this project, platform\)\. Not looked through: gone\.$/,
    );
  });

  it("is looked for in the projects whose manifests connectors report, but its own", () => {
    const of = (project: string) => ({
      ...aSnapshot,
      repository: { project, name: "manifests", branch: "main" },
    });
    const odd = ["", " ", "x".repeat(65), "\u202eplatform"];
    const reported = ["platform", "Shop", "platform", "a", "Platform", ...odd].map(of);
    assert.deepEqual(otherProjects(reported, { id: "1", name: "shop" }), ["Platform", "a"]);
  });

  it("is there once where reports name its project by id and by name", async () => {
    const [found] = (await ofRun(["platform"])).journeys;
    const { id } = found?.pullRequest.repository.project ?? assert.fail("not found");
    const { journeys, left } = await ofRun(["platform", id]);
    assert.deepEqual([journeys.length, left], [1, 0]);
  });

  it("is not called all of it where another project could not be looked through", async () => {
    const text = runTraceText(await ofRun(["platform", "gone"]));
    assert.equal(text, "It may have opened more in other projects. Not looked through: gone.");
  });

  it("is told of a few projects by name where many were not looked through", async () => {
    const names = Array.from({ length: 30 }, (_, at) => `gone${at}`);
    const text = runTraceText(await ofRun(names));
    assert.match(
      text,
      /Not looked through: gone0, gone1, gone2, gone3, gone4 and 25 more projects\.$/,
    );
  });
});
