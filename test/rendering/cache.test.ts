import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const helm = "      - helm: { chart: c, values: [v.yaml] }";
const template = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { v: "{{ .Values.v }}", big: "9007199254740993" }\n`;

describe("the cache", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  let cacheFolder: string;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
    cacheFolder = join(space.checkout, "../cache");
    space.put({
      "fluxgate.yaml": `${deliveryWith(helm)}  - name: prod\n`,
      "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
      "c/templates/a.yaml": template,
      "v.yaml": "v: 1\n",
    });
  });
  afterEach(() => space.remove());
  const explained = async (options: Parameters<Workspace["render"]>[0] = {}) =>
    (await space.render({ cacheFolder, ...options })).explanations;

  it("gives the same bytes as rendering, and says why nothing was rendered", async () => {
    await space.render();
    const rendered = await space.tree();
    assert.deepEqual(await explained(), [
      "dev: app api rendered: is not in the cache",
      "prod: app api rendered: is not in the cache",
    ]);
    assert.deepEqual(await explained({ outputFolder: join(space.out, "../second") }), [
      "dev: not rendered again, all its inputs are as before",
      "prod: not rendered again, all its inputs are as before",
    ]);
    assert.deepEqual(await space.tree(), rendered);
  });

  it("names the input that changed", async () => {
    await explained();
    space.put({ "v.yaml": "v: 2\n", "c/templates/b.yaml": template.replace("name: a", "name: b") });
    const [dev] = await explained({ environments: ["dev"] });
    assert.equal(dev, "dev: app api rendered: c/templates/b.yaml is new, v.yaml changed");
    assert.match(space.read("dev/api/v1_configmap_a.yaml"), /v: "2"/);
  });

  it("applies another image list and other checks without rendering again", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: x }"),
      "x/pod.yaml":
        "apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: a, image: r/a:1 }] }\n",
    });
    await explained();
    const images = [{ name: "r/a", tag: "2" }];
    assert.deepEqual(await explained({ images }), ["dev: 1 of 1 apps from the cache"]);
    assert.match(space.read("dev/api/v1_pod_p.yaml"), /image: r\/a:2/);
  });

  it("takes a damaged entry for none", async () => {
    await explained();
    for (const kind of ["apps", "environments"]) {
      for (const name of readdirSync(join(cacheFolder, kind))) {
        const file = join(cacheFolder, kind, name);
        writeFileSync(file, readFileSync(file, "utf8").replace("ConfigMap", "Secret"));
      }
    }
    assert.match((await explained())[0] ?? "", /app api rendered: is no longer in the cache/);
    assert.match(space.read("dev/api/v1_configmap_a.yaml"), /kind: ConfigMap/);
  });

  it("says so where its folder is none, in place of rendering without it for ever", async () => {
    writeFileSync(cacheFolder, "a file");
    await assert.rejects(explained(), /Failed to write to the cache folder .*cache: ENOTDIR/);
  });

  it("keeps integers that JSON would round", async () => {
    space.put({
      "fluxgate.yaml": `${deliveryWith("      - copy: { path: x }")}validate: { off: [schema] }\n`,
      "x/a.yaml": configMap("a").replace('"1"', "9007199254740993"),
    });
    await explained();
    await explained({ images: [], outputFolder: join(space.out, "../second") });
    assert.match(space.read("../second/dev/api/v1_configmap_a.yaml"), /a: 9007199254740993/);
  });
});

describe("the determinism check", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
    space.put({
      "fluxgate.yaml": deliveryWith(helm),
      "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
      "v.yaml": "v: 1\n",
    });
  });
  afterEach(() => space.remove());

  it("names object and field of a difference, never the value", async () => {
    space.put({ "c/templates/a.yaml": template.replace(".Values.v", "randAlphaNum 20") });
    assert.deepEqual(await space.problems({ checkDeterministic: true }), [
      "app api, environment dev: two renders of the same inputs differ: ConfigMap/a: data.v differs",
    ]);
  });

  it("finds a date before it changes", async () => {
    const date = `'{{ now | date "2006-01-02" }}'`;
    space.put({
      "c/templates/a.yaml": template.replace('"{{ .Values.v }}"', date),
    });
    assert.deepEqual(await space.problems({ checkDeterministic: true }), [
      "app api, environment dev: two renders of the same inputs differ: ConfigMap/a: data.v differs",
    ]);
  });

  it("names an object with another name each time", async () => {
    const name = 'name: "a-{{ randNumeric 12 }}"';
    space.put({ "c/templates/a.yaml": template.replace("name: a", name) });
    const problems = await space.problems({ checkDeterministic: true });
    assert.equal(problems.length, 2);
    assert.match(problems[0] ?? "", /ConfigMap\/a-\d+ is in one of them only$/);
  });

  it("passes what renders the same twice, and takes no unchecked result from the cache", async () => {
    const cacheFolder = join(space.checkout, "../cache");
    space.put({ "c/templates/a.yaml": template });
    await space.render({ cacheFolder });
    const { explanations } = await space.render({ cacheFolder, checkDeterministic: true });
    assert.deepEqual(explanations, ["dev: app api rendered: was not checked for determinism yet"]);
  });
});
