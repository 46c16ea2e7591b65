import assert from "node:assert/strict";
import type { Build, Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import type { Rest } from "../../sandbox/test/support/rest.ts";
import { templatePipelines } from "./template-pipelines.ts";

const config = (name: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: shop }
`;
const owners = {
  apiVersion: "fluxgate.dev/v1",
  kind: "Owners",
  owners: [{ path: "dev/platform", people: ["admin@fabrikam.com"], pipelines: ["platform-cd"] }],
};
// What the day decides is said whether or not anything is built.
const freeze = {
  ...{ apiVersion: "fluxgate.dev/v1", kind: "Freeze", environment: "dev" },
  ...{ from: "2020-01-01T00:00:00Z", reason: "stocktaking" },
};
const pipeline = `trigger: none
resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
jobs:
  - template: manifests-pr.yml@templates
`;
const manifests = "shop/_apis/git/repositories/manifests";

type Thread = {
  readonly status?: string;
  readonly threadContext?: { readonly filePath: string; readonly rightFileStart: object } | null;
  readonly comments: readonly { readonly content?: string; readonly commentType: string }[];
};

describe("manifests-pr.yml: what is merged is judged before", function () {
  this.timeout(240_000);
  let pipelines: Pipelines;
  let rest: Rest;
  before(async () => {
    pipelines = await templatePipelines(
      [
        {
          name: "manifests",
          files: {
            "pipeline.yml": pipeline,
            ".fluxgate/owners.json": JSON.stringify(owners),
            "dev/.fluxgate/shop.json": "{}",
            "dev/.fluxgate/freeze.json": JSON.stringify(freeze),
            "dev/api/a.yaml": config("a"),
            "dev/platform/p.yaml": config("p"),
            "prod/.fluxgate/shop.json": "{}",
            "prod/api/a.yaml": config("a"),
          },
          // Who moves the target while others have pull requests open.
          permissions: [{ identity: "admin", allow: ["PolicyExempt"] }],
          policies: [{ type: "build", settings: { buildDefinitionId: 1, displayName: "V" } }],
        },
      ],
      {
        definitions: [
          {
            ...{ name: "manifests-pr", project: "shop", repository: "manifests" },
            yamlPath: "pipeline.yml",
          },
        ],
      },
    );
    ({ rest } = pipelines);
  });
  after(() => pipelines.sandbox.close());

  /** Opens a pull request, or pushes to its branch; the verdict of the run that follows. */
  async function propose(branch: string, files: Readonly<Record<string, string | undefined>>) {
    const known = new Set((await pipelines.builds()).map((run) => run.id));
    const { value } = await rest.get<{ value: { name: string; objectId: string }[] }>(
      `${manifests}/refs?filter=heads/`,
    );
    const is = value.some(({ name }) => name === `refs/heads/${branch}`);
    if (!is) {
      const main = value.find(({ name }) => name === "refs/heads/main")?.objectId ?? "";
      const ref = { name: `refs/heads/${branch}`, newObjectId: main, oldObjectId: "0".repeat(40) };
      await rest.send("POST", `${manifests}/refs`, [ref]);
    }
    await gitPush(`${pipelines.sandbox.organisationUrl}/shop/_git/manifests`, { branch, files });
    if (!is) {
      await rest.send("POST", `${manifests}/pullrequests`, {
        sourceRefName: `refs/heads/${branch}`,
        targetRefName: "refs/heads/main",
        title: branch,
      });
    }
    return verdictOf((run) => !known.has(run.id));
  }

  async function verdictOf(isWanted: (run: Build) => boolean) {
    const run = await eventually("the validation", async () =>
      (await pipelines.builds()).find(isWanted),
    );
    // Flux's and Kubernetes' own code takes its time to load on a busy machine.
    const ended = await eventually(
      "the end of the validation",
      async () => {
        const seen = await pipelines.build(run.id);
        return seen.status === "completed" ? seen : undefined;
      },
      { withinMs: 120_000 },
    );
    const id = Number(/refs\/pull\/(\d+)\/merge/.exec(ended.sourceBranch)?.[1]);
    const at = `${manifests}/pullrequests/${id}`;
    const statuses = await rest.get<{
      value: { state: string; description: string; context: object; iterationId: number }[];
    }>(`${at}/statuses`);
    const threads = await rest.get<{ value: readonly Thread[] }>(`${at}/threads`);
    const own = threads.value.filter(({ comments }) => comments[0]?.content?.startsWith("```text"));
    return { run: ended, id, status: statuses.value.at(-1), threads: own };
  }

  /** The target moves; the verdict of the run that this asks for on the pull request. */
  async function moveTarget(id: number, files: Readonly<Record<string, string>>) {
    const known = new Set((await pipelines.builds()).map((run) => run.id));
    const url = `${pipelines.sandbox.organisationUrl}/shop/_git/manifests`;
    await gitPush(url, { branch: "main", files, as: "admin" });
    return verdictOf((run) => !known.has(run.id) && run.sourceBranch === `refs/pull/${id}/merge`);
  }

  it("is green for what builds and validates", async () => {
    const { run, status, threads } = await propose("good", { "dev/api/b.yaml": config("b") });
    assert.equal(run.result, "succeeded", await pipelines.log(run.id));
    assert.equal(status?.state, "succeeded");
    assert.deepEqual(status.context, { genre: "fluxgate", name: "manifests" });
    assert.equal(status.iterationId, 1);
    assert.deepEqual(threads, []);
  });

  it("is red for an object that another file brings, with comments that go when it is mended", async () => {
    const clash = await propose("clash", { "dev/web/a.yaml": config("a") });
    assert.equal(clash.run.result, "failed");
    const log = await pipelines.log(clash.run.id);
    assert.match(log, /dev\/api\/a\.yaml/);
    assert.match(log, /dev\/web\/a\.yaml/);
    assert.equal(clash.status?.state, "failed");
    const comments = clash.threads.flatMap(({ comments }) => comments[0]?.content ?? "").join("\n");
    assert.match(comments, /ConfigMap\/shop\/a is in dev\/web\/a\.yaml as well/);
    assert.ok(
      clash.threads.some(({ threadContext }) => threadContext?.filePath === "/dev/api/a.yaml"),
    );

    const mended = await propose("clash", { "dev/web/a.yaml": config("other") });
    assert.equal(mended.run.result, "succeeded", await pipelines.log(mended.run.id));
    assert.ok(mended.threads.every(({ status }) => status === "fixed"));
    assert.equal(mended.status?.state, "succeeded");
  });

  it("builds nothing again when only another cluster's files moved on the target", async () => {
    const { id, run } = await propose("later", { "dev/api/later.yaml": config("later") });
    assert.equal(run.result, "succeeded", await pipelines.log(run.id));
    const stands = await moveTarget(id, { "prod/api/b.yaml": config("b") });
    const log = await pipelines.log(stands.run.id);
    assert.equal(stands.run.result, "succeeded", log);
    assert.match(log, new RegExp(`As run ${run.id} found on the same change`));
    assert.doesNotMatch(log, /built by/);
    assert.match(log, /stocktaking/);
    assert.equal(stands.status?.state, "succeeded");
    assert.match(stands.status.description, /^As run/);

    // The same object by another file of its own cluster: nothing stands.
    const clash = await moveTarget(id, { "dev/web/later.yaml": config("later") });
    assert.equal(clash.run.result, "failed");
    assert.match(
      await pipelines.log(clash.run.id),
      /Judged anew: dev\/web\/later\.yaml is applied/,
    );
  });

  it("refuses a change of what is another's, by name, even with a list that allows it", async () => {
    const mine = { ...owners, owners: [] };
    const { run } = await propose("foreign", {
      "dev/platform/p.yaml": `${config("p")}data: { x: "1" }\n`,
      ".fluxgate/owners.json": JSON.stringify(mine),
    });
    assert.equal(run.result, "failed");
    assert.match(
      await pipelines.log(run.id),
      /dev\/platform\/p\.yaml.* may not change it: dev\/platform is platform-cd, admin@fabrikam\.com's/,
    );
  });
});
