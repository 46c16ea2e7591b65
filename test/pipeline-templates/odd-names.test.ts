import assert from "node:assert/strict";
import type { Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { templatePipelines } from "./template-pipelines.ts";

const manifests = "Die Manifeste (ü)";
const group = "Müller & Söhne";
const odd = `it's "q" %0A ;] $$\n2nd: line`;
const environments = `
        - name: eu-west-1
          variableGroup: ${group}
          variableGroups: []
          azureDevOpsEnvironment: Shop – Größe 1
          testSteps: [{ bash: 'echo "tested in $(fluxgate.environment)"', displayName: "Prüfe: ä" }]
          testResults: ""
          failureSteps: []`;
const files = {
  "teams/Füße/fluxgate.yaml": `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps: [{ name: api, render: [{ tokens: { path: deploy ment/ä, pattern: "#{name}#" } }] }]
environments: [{ name: eu-west-1, path: k8s/dev ü, config: { variables: { A: string } } }]
`,
  "deploy ment/ä/x y.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata: { a: "#{A}#" }\n`,
  "ci & cd.yml": `trigger: none
resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
    - { repository: target, type: git, name: ${manifests} }
stages:
  - template: ci.yml@templates
    parameters:
      environments: ${environments}
      deliveryFile: teams/Füße/fluxgate.yaml
  - template: cd.yml@templates
    parameters:
      delivery: shop
      manifestsRepository: ${manifests}
      manifests: target
      ci: current
      labels: ä ö, b
      deliveryFile: teams/Füße/fluxgate.yaml
      environments: ${environments}
`,
};

describe("the templates, with names that are legal and odd", function () {
  this.timeout(240_000);
  let pipelines: Pipelines;
  before(async () => {
    const code = "Der Läden (1)";
    pipelines = await templatePipelines(
      [
        { name: code, files },
        { name: manifests, files: { "README.md": "x" } },
      ],
      {
        definitions: [
          { name: "CI & CD ü", project: "shop", repository: code, yamlPath: "ci & cd.yml" },
        ],
        variableGroups: [{ name: group, variables: { A: odd } }],
      },
    );
  });
  after(() => pipelines.sandbox.close());

  it("deploy: repositories, files, groups, environments, labels and values", async () => {
    const { id } = await pipelines.start();
    await pipelines.complete(id, "succeeded");
    const run = await pipelines.ended(id);
    const log = await pipelines.log(id);
    assert.equal(run.result, "succeeded", log);
    assert.match(log, /^tested in eu-west-1$/m);

    const at = `shop/_apis/git/repositories/${encodeURIComponent(manifests)}`;
    const { value } = await pipelines.rest.get<{ value: readonly { labels?: object[] }[] }>(
      `${at}/pullrequests`,
    );
    assert.deepEqual(
      value[0]?.labels?.map((label) => (label as { name: string }).name),
      ["ä ö", "b"],
    );
    const path = encodeURIComponent("/k8s/dev ü/api/v1_configmap_x.yaml");
    const version = encodeURIComponent(`fluxgate/shop/eu-west-1/${id}`);
    const { content } = await pipelines.rest.get<{ content: string }>(
      `${at}/items?path=${path}&versionDescriptor.version=${version}&versionDescriptor.versionType=branch&includeContent=true`,
    );
    assert.ok(content.includes(odd.replace("\n", "\n    ")), content);
  });
});
