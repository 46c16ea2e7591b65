import assert from "node:assert/strict";
import type { Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import type { Rest } from "../../sandbox/test/support/rest.ts";
import { templatePipelines } from "./template-pipelines.ts";

const delivery = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps: [{ name: api, render: [{ tokens: { path: deploy } }] }]
config: { variables: { HOST: string } }
environments: [{ name: dev }, { name: prod-eu }]
`;
const config = (name: string, value = "#{HOST}#") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata: { host: "${value}" }\n`;
const pipeline = `trigger: none
resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
jobs:
  - template: pr.yml@templates
    parameters:
      environments:
        - { name: dev, variableGroup: shop-dev }
        - { name: prod-eu, variableGroups: [shop-prod, shop-eu] }
      checkSteps: [{ bash: test ! -e broken.txt }]
`;
const code = "shop/_apis/git/repositories/code";

type Thread = {
  readonly id: number;
  readonly comments: readonly { readonly content?: string; readonly commentType: string }[];
};

describe("pr.yml: what a pull request of the code would change", function () {
  this.timeout(240_000);
  let pipelines: Pipelines;
  let rest: Rest;
  before(async () => {
    pipelines = await templatePipelines(
      [
        {
          name: "code",
          files: {
            "pipeline.yml": pipeline,
            "fluxgate.yaml": delivery,
            "deploy/a.yaml": config("a"),
          },
          policies: [{ type: "build", settings: { buildDefinitionId: 1, displayName: "P" } }],
        },
      ],
      {
        definitions: [
          { name: "code-pr", project: "shop", repository: "code", yamlPath: "pipeline.yml" },
        ],
        variableGroups: [
          { name: "shop-dev", variables: { HOST: "dev.fabrikam.com" } },
          { name: "shop-prod", variables: { HOST: "fabrikam.com" } },
          { name: "shop-eu", variables: { REGION: "eu" } },
        ],
      },
    );
    ({ rest } = pipelines);
  });
  after(() => pipelines.sandbox.close());

  /** Opens a pull request, or pushes to its branch; what stands there when the run has ended. */
  async function propose(branch: string, files: Readonly<Record<string, string | undefined>>) {
    const runs = (await pipelines.builds()).length;
    const { value } = await rest.get<{ value: { name: string; objectId: string }[] }>(
      `${code}/refs?filter=heads/`,
    );
    const is = value.some(({ name }) => name === `refs/heads/${branch}`);
    if (!is) {
      const main = value.find(({ name }) => name === "refs/heads/main")?.objectId ?? "";
      const ref = { name: `refs/heads/${branch}`, newObjectId: main, oldObjectId: "0".repeat(40) };
      await rest.send("POST", `${code}/refs`, [ref]);
    }
    await gitPush(`${pipelines.sandbox.organisationUrl}/shop/_git/code`, { branch, files });
    if (!is) {
      await rest.send("POST", `${code}/pullrequests`, {
        sourceRefName: `refs/heads/${branch}`,
        targetRefName: "refs/heads/main",
        title: branch,
      });
    }
    const run = await eventually("the validation", async () => {
      const all = await pipelines.builds();
      return all.length > runs ? all[0] : undefined;
    });
    const ended = await pipelines.ended(run.id);
    const id = Number(/refs\/pull\/(\d+)\/merge/.exec(ended.sourceBranch)?.[1]);
    const at = `${code}/pullrequests/${id}`;
    const statuses = await rest.get<{
      value: { state: string; description: string; context: object }[];
    }>(`${at}/statuses`);
    const threads = await rest.get<{ value: readonly Thread[] }>(`${at}/threads`);
    const comments = threads.value.flatMap((one) =>
      one.comments.flatMap(({ commentType, content }) => (commentType === "text" ? [content] : [])),
    );
    return { run: ended, status: statuses.value.at(-1), comments };
  }

  it("stands there for each environment with its own values, as one comment and a status", async () => {
    const { run, status, comments } = await propose("more", { "deploy/b.yaml": config("b") });
    assert.equal(run.result, "succeeded", await pipelines.log(run.id));
    assert.deepEqual(status?.context, { genre: "fluxgate", name: "preview" });
    assert.equal(status.state, "succeeded");
    assert.match(status.description, /^dev: 1 object added; .*prod-eu: 1 object added/);
    assert.equal(comments.length, 1);
    assert.match(comments[0] ?? "", /## dev\n[^]*ConfigMap[^]*dev\.fabrikam\.com/);
    assert.match(comments[0] ?? "", /## prod-eu\n[^]*host: "?fabrikam\.com/);
  });

  it("is brought up to date in its place by the next push", async () => {
    await propose("again", { "deploy/b.yaml": config("b") });
    const { comments } = await propose("again", {
      "deploy/b.yaml": undefined,
      "deploy/a.yaml": config("a", "fixed"),
    });
    assert.equal(comments.length, 1);
    assert.match(comments[0] ?? "", /1 object changed/);
    assert.doesNotMatch(comments[0] ?? "", /added/);
  });

  it("is red, with what is wrong, where the merge does not render", async () => {
    const { run, status, comments } = await propose("wrong", {
      "deploy/a.yaml": config("a", "#{HOTS}#"),
    });
    assert.equal(run.result, "failed");
    assert.equal(status?.state, "failed");
    assert.match(comments[0] ?? "", /does not render[^]*HOTS/);
  });

  it("is no more than said: what changes no object says so, and nothing is deployed", async () => {
    const { status, comments } = await propose("words", { "README.md": "words" });
    assert.equal(status?.state, "succeeded");
    assert.match(comments[0] ?? "", /\*\*dev\*\*: no object changed/);
    const refs = await rest.get<{ value: readonly unknown[] }>(
      `${code}/refs?filter=heads/fluxgate`,
    );
    assert.deepEqual(refs.value, []);
  });
});
