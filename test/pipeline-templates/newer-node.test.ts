import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { ensureNode24 } from "../../scripts/tools.ts";
import { rollbackPipeline } from "../support/rollback-pipeline.ts";
import { type DeliveryWorld, deliveryWorld } from "./delivery-world.ts";
import { renderedConfig } from "./rendered-config.ts";
import { templatePipelines } from "./template-pipelines.ts";

const templates = `resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
`;
const preview = `trigger: none
${templates}jobs:
  - template: pr.yml@templates
    parameters: { environments: [{ name: dev }] }
`;
const judge = `trigger: none\n${templates}jobs:\n  - template: manifests-pr.yml@templates\n`;
const delivery = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps: [{ name: api, render: [{ copy: { path: deploy } }] }]
environments: [{ name: dev }]
`;
const config = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

describe("every task of an agent, at work on the newer Node", function () {
  this.timeout(300_000);
  let folder: string;
  let nodeProgram: string;
  let world: DeliveryWorld | undefined;
  let pipelines: Pipelines | undefined;
  const ran = () =>
    new Set(
      readFileSync(join(folder, "ran"), "utf8")
        .split("\n")
        .flatMap((line) => /v24\.[\d.]+ .*\/tasks\/(\w+)\//.exec(line)?.[1] ?? []),
    );
  before(async function () {
    const node = await ensureNode24();
    if (node === undefined) return this.skip();
    folder = mkdtempSync(join(tmpdir(), "fluxgate-newer-node-"));
    nodeProgram = join(folder, "node");
    const note = `echo "$(${node} --version) $1" >> ${join(folder, "ran")}`;
    writeFileSync(nodeProgram, `#!/bin/sh\n${note}\nexec ${node} "$@"\n`);
    chmodSync(nodeProgram, 0o755);
  });
  after(async () => {
    await world?.close();
    await pipelines?.sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("brings a commit from CI to a pull request that waits for Flux", async () => {
    world = await deliveryWorld({ nodeProgram });
    const ci = await world.ciOf(await world.push({ "scripts/test.sh": "#!/bin/sh\necho new\n" }));
    assert.equal(ci.result, "succeeded", await world.pipelines.log(ci.id));
    await world.start("cd");
    assert.equal((await world.openPullRequests()).length, 1);
  });

  it("takes an environment back, judges that pull request, and shows what another would change", async () => {
    const validated = (buildDefinitionId: number) => [
      { type: "build" as const, settings: { buildDefinitionId, displayName: "V" } },
    ];
    pipelines = await templatePipelines(
      [
        {
          name: "app",
          files: {
            ...{ "rollback.yml": rollbackPipeline(["to"]), "pr.yml": preview },
            ...{ "fluxgate.yaml": delivery, "deploy/a.yaml": config("a") },
          },
          policies: validated(2),
        },
        {
          name: "manifests",
          files: { "judge.yml": judge, ...renderedConfig("good") },
          permissions: [{ identity: "admin", allow: ["PolicyExempt"] }],
          policies: validated(3),
        },
      ],
      {
        definitions: [
          { name: "rollback", project: "shop", repository: "app", yamlPath: "rollback.yml" },
          { name: "pr", project: "shop", repository: "app", yamlPath: "pr.yml" },
          { name: "judge", project: "shop", repository: "manifests", yamlPath: "judge.yml" },
        ],
      },
      { nodeProgram },
    );
    const { rest, sandbox } = pipelines;
    const all = pipelines;
    const head = async (repository: string) => {
      const path = `shop/_apis/git/repositories/${repository}/refs?filter=heads/main`;
      const { value } = await rest.get<{ value: { objectId: string }[] }>(path);
      return value[0]?.objectId ?? "";
    };
    const good = await head("manifests");
    const files = renderedConfig("bad");
    await gitPush(`${sandbox.organisationUrl}/shop/_git/manifests`, { files, as: "admin" });
    await rest.send("POST", "shop/_apis/pipelines/1/runs", { templateParameters: { to: good } });
    const ref = {
      name: "refs/heads/more",
      newObjectId: await head("app"),
      oldObjectId: "0".repeat(40),
    };
    await rest.send("POST", "shop/_apis/git/repositories/app/refs", [ref]);
    const branch = { branch: "more", files: { "deploy/b.yaml": config("b") } };
    await gitPush(`${sandbox.organisationUrl}/shop/_git/app`, branch);
    await rest.send("POST", "shop/_apis/git/repositories/app/pullrequests", {
      ...{ sourceRefName: "refs/heads/more", targetRefName: "refs/heads/main", title: "More" },
    });
    for (const name of ["judge", "pr"]) {
      const run = await eventually(
        `a run of ${name}`,
        async () => (await all.builds()).find(({ definition }) => definition.name === name),
        { withinMs: 120_000 },
      );
      const { result } = await all.ended(run.id);
      assert.equal(result, "succeeded", await all.log(run.id));
    }
  });

  it("is each of them", () => {
    const onAgent = readdirSync("tasks").filter((name) => existsSync(`tasks/${name}/main.ts`));
    assert.deepEqual([...ran()].sort(), onAgent.sort());
  });
});
