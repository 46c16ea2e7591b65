import assert from "node:assert/strict";
import type { Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { templatePipelines } from "./template-pipelines.ts";

const resources = (...names: readonly string[]) => {
  const all = [["templates", "fluxgate-templates"], ...names.map((name) => [name, name])];
  const named = all.map(([alias, name]) => `{ repository: ${alias}, type: git, name: ${name} }`);
  return `  repositories: [${named.join(", ")}]\n`;
};
const files = {
  "fluxgate.yaml": `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps:
  - { name: api, render: [{ tokens: { path: deploy, pattern: "#{name}#" } }] }
config: { variables: { SIZE: string } }
environments:
  - { name: dev, config: { from: configuration, files: [dev.yaml] } }
  - { name: prod, config: { from: configuration, branch: live, files: [values.yaml] } }
`,
  "deploy/a.yaml":
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { host: "#{host}#", size: "#{SIZE}#" }\n',
  "ci.yml": `trigger: none
resources:
${resources("config")}stages:
  - template: ci.yml@templates
    parameters:
      configuration: config
      environments: [{ name: dev, variableGroup: sizes }, { name: prod, variableGroup: sizes }]
`,
  "cd.yml": `trigger: none
resources:
  pipelines: [{ pipeline: ci, source: shop-ci, branch: main }]
${resources("manifests")}stages:
  - template: cd.yml@templates
    parameters:
      delivery: shop
      manifestsRepository: manifests
      environments:
        - { name: dev, variableGroup: sizes, dependsOn: [] }
        - { name: prod, variableGroup: sizes, dependsOn: [] }
`,
};

type PullRequest = { readonly pullRequestId: number; readonly sourceRefName: string };

describe("cd.yml: the configuration that CI saw, and the variables of the moment", function () {
  this.timeout(240_000);
  let pipelines: Pipelines;
  let address: string;
  const git = "shop/_apis/git/repositories/manifests";
  before(async () => {
    const definition = (name: string) => ({
      ...{ name: `shop-${name}`, project: "shop", repository: "shop", yamlPath: `${name}.yml` },
    });
    pipelines = await templatePipelines(
      [
        { name: "shop", files },
        { name: "config", files: { "dev.yaml": "host: seen.dev\n" } },
        { name: "manifests", files: { "README.md": "x" } },
      ],
      {
        definitions: [definition("ci"), definition("cd")],
        variableGroups: [{ name: "sizes", variables: { SIZE: "small" } }],
      },
    );
    address = `${pipelines.sandbox.organisationUrl}/shop/_git/config`;
    await branch("live", await gitPush(address, { files: { "values.yaml": "host: seen.live\n" } }));
  });
  after(() => pipelines.sandbox.close());

  async function branch(name: string, newObjectId: string): Promise<void> {
    const oldObjectId = "0".repeat(40);
    const update = [{ name: `refs/heads/${name}`, oldObjectId, newObjectId }];
    await pipelines.rest.send("POST", "shop/_apis/git/repositories/config/refs", update);
  }
  async function rendered(run: number, environment: string) {
    const read = async (path: string) => {
      const at = encodeURIComponent(`fluxgate/shop/${environment}/${run}`);
      const query = `path=${encodeURIComponent(path)}&versionDescriptor.version=${at}&versionDescriptor.versionType=branch&includeContent=true`;
      return (await pipelines.rest.get<{ content: string }>(`${git}/items?${query}`)).content;
    };
    const index = await read(`/${environment}/.fluxgate/shop.json`);
    const { provenance } = JSON.parse(index) as {
      readonly provenance: {
        readonly configuration: { readonly commit: string };
        readonly variablesDigest: string;
      };
    };
    return { text: await read(`/${environment}/api/v1_configmap_a.yaml`), provenance };
  }
  /** Deploys by hand, until both environments have their pull requests. */
  async function deploy(): Promise<number> {
    const { id } = await pipelines.start(2);
    const areOpen = async () => {
      const { value } = await pipelines.rest.get<{ value: readonly PullRequest[] }>(
        `${git}/pullrequests`,
      );
      const own = value.filter(({ sourceRefName }) => sourceRefName.endsWith(`/${id}`));
      return own.length === 2 || undefined;
    };
    await eventually(`both pull requests of run ${id}`, areOpen, { withinMs: 120_000 });
    return id;
  }

  it("is rendered although its branches were pushed over since, and a group's change is told", async () => {
    const heads = await pipelines.rest.get<{
      value: readonly { name: string; objectId: string }[];
    }>("shop/_apis/git/repositories/config/refs?filter=heads");
    const headOf = (name: string) =>
      heads.value.find((ref) => ref.name === `refs/heads/${name}`)?.objectId;
    const ci = await pipelines.start(1);
    assert.equal((await pipelines.ended(ci.id)).result, "succeeded", await pipelines.log(ci.id));

    const first = await deploy();
    const dev = await rendered(first, "dev");
    const prod = await rendered(first, "prod");
    assert.match(dev.text, /host: seen\.dev\n {2}size: small/);
    assert.match(prod.text, /host: seen\.live\n {2}size: small/);
    assert.equal(dev.provenance.configuration.commit, headOf("main"));
    assert.equal(prod.provenance.configuration.commit, headOf("live"));

    for (const [name, file] of [
      ["main", "dev.yaml"],
      ["live", "values.yaml"],
    ] as const) {
      const change = { files: { [file]: "host: pushed.over\n" }, as: "admin" } as const;
      await gitPush(address, { ...change, branch: name, resetTo: `${headOf("main")}^` });
    }
    const group = await pipelines.rest.get<{ value: readonly { id: number }[] }>(
      "shop/_apis/distributedtask/variablegroups?groupName=sizes",
    );
    await pipelines.rest.send("PUT", `_apis/distributedtask/variablegroups/${group.value[0]?.id}`, {
      ...{ name: "sizes", type: "Vsts", variables: { SIZE: { value: "large" } } },
      variableGroupProjectReferences: [{ name: "sizes", projectReference: { name: "shop" } }],
    });
    const second = await deploy();
    for (const [name, before] of [
      ["dev", dev],
      ["prod", prod],
    ] as const) {
      const now = await rendered(second, name);
      assert.equal(now.text, before.text.replace("size: small", "size: large"));
      assert.deepEqual(now.provenance.configuration, before.provenance.configuration);
      assert.notEqual(now.provenance.variablesDigest, before.provenance.variablesDigest);
    }
  });
});
