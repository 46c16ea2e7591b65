import assert from "node:assert/strict";
import { configMap, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

describe("what is wrong in several places", () => {
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
  });
  afterEach(() => space.remove());
  const delivery = (rest: string) =>
    `apiVersion: fluxgate.dev/v1\nkind: Delivery\nmetadata: { name: shop }\n${rest}`;
  const app = (name: string) => `  - { name: ${name}, render: [{ copy: { path: ${name} } }] }\n`;

  it("is all said: an app that fails hides no finding of another", async () => {
    space.put({
      "fluxgate.yaml": delivery(
        `apps:\n${["a", "b", "c"].map(app).join("")}environments: [{ name: dev }]\n`,
      ),
      "a/a.yaml": "a: [",
      "b/b.yaml": configMap("b").replace('"1"', "1"),
    });
    const problems = await space.problems();
    assert.equal(problems.length, 3);
    assert.match(problems[0] ?? "", /^fluxgate.yaml:7: .*app c.*: there is no file or folder c in/);
    assert.match(problems[1] ?? "", /^a\/a.yaml:1.*app a.*not valid YAML/);
    assert.match(problems[2] ?? "", /^b\/b.yaml:1: app b.*data.a must be a text, not 1/);
  });

  it("is all said of every environment, of one whose variable has no value too", async () => {
    const variables = "config: { variables: { A: string } }";
    space.put({
      "fluxgate.yaml": delivery(
        `apps:\n${app("b")}environments: [{ name: dev, ${variables} }, { name: prod }]\n`,
      ),
      "b/b.yaml": configMap("b").replace('"1"', "1"),
    });
    const problems = await space.problems();
    assert.equal(problems.length, 2);
    assert.match(problems[0] ?? "", /environment dev: variable A has no value/);
    assert.match(problems[1] ?? "", /environment prod: ConfigMap\/b: data.a must be a text/);
  });

  it("is that nothing was rendered at all", async () => {
    space.put({
      "fluxgate.yaml": delivery(`apps:\n${app("a")}environments: [{ name: dev }]\n`),
      "a/a.yaml": "# nothing\n",
    });
    assert.deepEqual(await space.problems(), [
      "the render of shop for dev is empty: set allowEmpty (--allow-empty) where that is meant",
      // With it what a render warns of: hooks that were left out, say.
      "app a, environment dev: nothing was rendered",
    ]);
    await space.render({ allowEmpty: true });
  });
});
