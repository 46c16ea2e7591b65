import assert from "node:assert/strict";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

describe("a jsonnet step", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async function () {
    tools = await toolsOnPath();
    if (!tools.jsonnet) this.skip();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
  });
  afterEach(() => space.remove());

  const program = (steps: string, text: string, environment = "") =>
    space.put({ "fluxgate.yaml": deliveryWith(steps, environment), "a.jsonnet": text });

  it("gets external variables and top-level arguments of any type, and variables as arguments", async () => {
    program(
      `      - jsonnet:
          file: a.jsonnet
          extVars: { list: [1, a], text: "1 + 1" }
          topLevelArguments: { flag: true }
          argumentsFromVariables: { size: SIZE }`,
      `function(flag, size) { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: {
  all: std.manifestJsonMinified([flag, size + 1, std.extVar("list"), std.extVar("text")]) } }`,
      "    config: { variables: { SIZE: integer } }\n",
    );
    await space.render({ variables: { SIZE: "2" } });
    const text = space.read("dev/api/v1_configmap_a.yaml");
    assert.match(text, /all: '\[true,3,\[1,"a"\],"1 \+ 1"\]'/);
  });

  it("changes what the steps before rendered when it transforms", async () => {
    space.put({ "plain/a.yaml": configMap("a"), "plain/b.yaml": configMap("b") });
    program(
      `      - copy: { path: plain }
      - jsonnet: { file: a.jsonnet, transform: true }`,
      `[o { metadata+: { labels: { tier: "x" } } } for o in std.extVar("input") if o.metadata.name != "b"]`,
    );
    const { result } = await space.render();
    assert.equal(result.environments[0]?.objects.length, 1);
    assert.match(space.read("dev/api/v1_configmap_a.yaml"), /labels:\n\s+tier: x/);
  });

  it("refuses to transform a whole number that it would round", async () => {
    space.put({ "plain/a.yaml": configMap("a").replace('"1"', "9007199254740993") });
    program(
      `      - copy: { path: plain }
      - jsonnet: { file: a.jsonnet, transform: true }`,
      `std.extVar("input")`,
    );
    assert.match(
      (await space.problems())[0] ?? "",
      /whole number 9007199254740993 of a in input exactly/,
    );
  });

  it("may return a stream as text or as a list, nested as libraries like it", async () => {
    const object = (name: string) =>
      `{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "${name}" } }`;
    program(
      "      - jsonnet: { file: a.jsonnet }",
      `{ one: [[${object("a")}]], two: { three: ${object("b")}, none: null } }`,
    );
    const names = async () =>
      (await space.render()).result.environments[0]?.objects.map(({ identity }) => identity.name);
    assert.deepEqual(await names(), ["a", "b"]);
    program(
      "      - jsonnet: { file: a.jsonnet }",
      `std.manifestYamlStream([${object("c")}, ${object("d")}])`,
    );
    assert.deepEqual(await names(), ["c", "d"]);
  });
});
