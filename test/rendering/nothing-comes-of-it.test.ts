import assert from "node:assert/strict";
import { toolsOnPath, type Workspace, workspace } from "./rendering-harness.ts";

const object = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata: { a: b }\n`;
const delivery = ({ render = "[{ copy: { path: a } }]", environment = "", app = "", more = "" }) =>
  `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps:
  - name: api
    render: ${render}
${app}environments: [{ name: dev${environment} }, { name: prod }]
${more}`;

// What would pass without a word where somebody has mistyped a path or a pattern.
describe("a part of fluxgate.yaml that nothing comes of", () => {
  let space: Workspace;
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
    space.put({ "a/a.yaml": object("a"), "none/README.md": "no manifest\n" });
  });
  afterEach(() => space.remove());

  async function warnings(text: string, environments = ["dev"]) {
    space.put({ "fluxgate.yaml": text });
    const { result } = await space.render({ allowEmpty: true, environments });
    return result.environments.flatMap((each) => each.warnings);
  }

  for (const [what, given, warning] of [
    [
      "a step whose folder holds no manifest",
      { render: "[{ copy: { path: a } }, { copy: { path: none } }]" },
      "app api, environment dev, step 2 (copy): nothing comes of this step",
    ],
    [
      "a step whose values are none",
      {
        render:
          "[{ copy: { path: a } }, { copy: { path: none }, as: values }, { helm: { chart: c } }]",
      },
      "app api, environment dev, step 2 (copy): nothing comes of this step",
    ],
    [
      "a pattern of tokens that stands nowhere",
      { render: '[{ tokens: { path: a, pattern: "@name@" } }]' },
      "app api, environment dev: a holds no token of the form @name@, so none was replaced",
    ],
    [
      "tokens in place of an empty folder",
      { render: "[{ tokens: { path: none, inPlace: true } }, { copy: { path: a } }]" },
      "app api, environment dev: none holds no token of the form #{name}#, so none was replaced",
    ],
    [
      "a folder of snippets without any",
      { environment: ", config: { snippets: [none] }" },
      "environment dev: the snippet folder none holds no YAML or JSON file, so nothing of it is applied",
    ],
    [
      "a folder of schemas without definitions",
      { more: "validate: { schemas: [a] }\n" },
      "validate.schemas: a holds no CustomResourceDefinition, so nothing is checked by it",
    ],
  ] as const) {
    it(`is named: ${what}`, async () => {
      space.put({
        "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
        "c/templates/b.yaml": object("b"),
      });
      assert.deepEqual(await warnings(delivery(given)), [warning]);
    });
  }

  it("is named: an environment into which no app renders", async () => {
    const text = delivery({ app: "    environments: [dev]\n" });
    assert.deepEqual(await warnings(text, ["prod"]), [
      "environment prod: no app of fluxgate.yaml renders into it, so nothing was checked",
    ]);
    assert.deepEqual(await warnings(text, ["dev"]), []);
  });

  it("is refused where a list of reviewers asks nobody", async () => {
    const nobody = ", pullRequest: { reviewers: { required: [] } }";
    space.put({ "fluxgate.yaml": delivery({ environment: nobody }) });
    assert.match((await space.problems()).join("\n"), /required must have at least one entry/);
  });
});
