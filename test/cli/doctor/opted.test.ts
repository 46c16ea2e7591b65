// What only some environments ask of the connector's identity: doctor tries it there.
import assert from "node:assert/strict";
import { optedChecks } from "../../../cli/doctor/opted-checks.ts";
import { findingLine, runChecks } from "../../../cli/doctor/check.ts";
import { runUrl } from "../../../core/azure-devops/urls.ts";
import { writeTrailers } from "../../../core/run/trailers.ts";
import { parseConfig } from "../../../core/connector-config/parse-config.ts";
import { definitionsOf, pipelinesWith } from "../../../sandbox/test/pipelines/pipelines-harness.ts";
import { clientOf } from "../../support/sandbox.ts";
import { configText } from "../../connector/connector-process.ts";

type Pipelines = Awaited<ReturnType<typeof pipelinesWith>>;

describe("fluxgate doctor and what some environments ask for", () => {
  let pipelines: Pipelines;
  let build: number;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "ci.yml": "trigger: none\nsteps: [{ checkout: none }]\n" },
      seed: { definitions: definitionsOf("ci") },
    });
    ({ id: build } = await pipelines.start(1));
    await pipelines.ended(build);
  });
  after(() => pipelines.sandbox.close());

  async function doctor(
    who: "connector" | "reader",
    environment: object,
    write = false,
  ): Promise<string> {
    const text = configText({
      ...{ organisationUrl: pipelines.sandbox.organisationUrl, kubeconfig: "/k" },
      repositories: ["app"],
      more: {
        environments: [
          { name: "dev", repository: "app", clusters: [{ name: "west" }], ...environment },
        ],
      },
    });
    const room = { ado: clientOf(pipelines.sandbox, who), who: { name: "Connie" } };
    const config = parseConfig(text, "connector.yaml");
    return (await runChecks(optedChecks(room, config, { write }))).map(findingLine).join("\n");
  }

  it("asks for nothing where no environment does", async () => {
    assert.equal(await doctor("connector", {}), "");
  });

  it("tries the runs of a project once, whatever stands there", () => {
    const repositories = ["app", "manifests"];
    const environments = repositories.map((repository) => ({
      ...{ name: repository, repository, clusters: [{ name: "west" }], retain: true },
    }));
    const { organisationUrl } = pipelines.sandbox;
    const text = configText({ organisationUrl, repositories, more: { environments } });
    const room = { ado: clientOf(pipelines.sandbox, "connector"), who: { name: "Connie" } };
    const config = parseConfig(text, "connector.yaml");
    assert.deepEqual(
      optedChecks(room, config, { write: false }).map(({ name }) => name),
      ["runs of shop (keep)"],
    );
  });

  it("keeps a run and lets it go again, where it is told to write", async () => {
    assert.match(
      await doctor("connector", { retain: true }),
      /^not checked +runs of shop \(keep\) +leases can be read; --write makes one/m,
    );
    assert.match(
      await doctor("connector", { retain: 30 }, true),
      /^ok +runs of shop \(keep\) +kept run \d+, and let it go again/m,
    );
    const { value } = await pipelines.rest.get<{ value: readonly object[] }>(
      "shop/_apis/build/retention/leases?ownerId=fluxgate-doctor",
    );
    assert.deepEqual(value, []);
  });

  it("says what to grant to whom where that is refused", async () => {
    assert.match(
      await doctor("reader", { retain: true }, true),
      /^refused +runs of shop \(keep\) .*Allow "Retain indefinitely" for Connie .*Without it runs/im,
    );
  });

  it("tries what four-eyes reads and posts on a pull request that is open", async () => {
    const none = await doctor("connector", { fourEyes: true });
    assert.match(none, /^ok +app: who wrote a commit \(four-eyes\) +identities can be asked for/m);
    assert.match(none, /^not checked +app: pushes and votes .* no pull request is open/m);
    await openPullRequest(pipelines);
    const open = await doctor("connector", { fourEyes: true }, true);
    assert.match(open, /^ok +app: pushes and votes of pull requests \(four-eyes\) +1 pushes of !/m);
    assert.match(
      open,
      /^ok +app: statuses of pull requests .* posted fluxgate-doctor\/probe on !/m,
    );
  });

  it("tries to read the code that runs deploy, where one has opened a pull request", async () => {
    const name = /app: the code of its runs \(four-eyes\)/;
    const none = (await doctor("connector", { fourEyes: true }))
      .split("\n")
      .find((line) => name.test(line));
    assert.match(none ?? "", /^not checked .* no run has opened a pull request/);
    const { organisationUrl } = pipelines.sandbox;
    const run = runUrl({ organisationUrl, project: "shop", build });
    await openPullRequest(pipelines, `fluxgate/shop/dev/${build}`, [
      "Deploy shop",
      writeTrailers({ source: "app@1", run, delivery: "shop", environment: "dev" }),
    ]);
    const told = (await doctor("connector", { fourEyes: true }))
      .split("\n")
      .find((line) => name.test(line));
    assert.match(told ?? "", /^ok .* the last commits of shop\/app can be read/);
  });
});

async function openPullRequest(
  { rest }: Pipelines,
  branch = "next",
  comment: readonly string[] = ["x"],
): Promise<void> {
  const git = "shop/_apis/git/repositories/app";
  const { value } = await rest.get<{ value: readonly { objectId: string }[] }>(
    `${git}/refs?filter=heads/main`,
  );
  const content = { content: "x", contentType: "rawtext" };
  await rest.send("POST", `${git}/pushes`, {
    refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId: value[0]?.objectId }],
    commits: [
      {
        comment: comment.join("\n\n"),
        changes: [{ changeType: "add", item: { path: `/${branch}.txt` }, newContent: content }],
      },
    ],
  });
  await rest.send("POST", `${git}/pullrequests`, {
    ...{ sourceRefName: `refs/heads/${branch}`, targetRefName: "refs/heads/main", title: "x" },
  });
}
