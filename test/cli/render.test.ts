import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { toolsOnPath, workspace } from "../rendering/rendering-harness.ts";
import type { Workspace } from "../rendering/rendering-harness.ts";
import { fluxgate } from "./cli-process.ts";

describe("fluxgate render", () => {
  before(() => ensureBuilt(["cli"]));
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace("shop");
  });
  afterEach(() => space.remove());
  const run = (...args: string[]) => fluxgate(space.checkout, args);
  const set = ["--set", "REPLICAS=3", "--set", "API_HOST=x"];

  it("renders, and says nothing has changed the second time", () => {
    const render = ["render", "--out", space.out, "--images", "image-tags.json", ...set];
    assert.deepEqual(run(...render), {
      code: 0,
      out: [
        "dev: 4 objects in dev, wrote 7 files",
        "prod: 4 objects in clusters/prod, wrote 7 files",
      ],
      err: [],
    });
    assert.deepEqual(run(...render, "--environment", "prod").out, [
      "prod: 4 objects in clusters/prod, unchanged",
    ]);
  });

  it("takes variables from a file, and writes nothing on a dry run", () => {
    space.put({ "variables.yaml": "REPLICAS: 3\nAPI_HOST: x\n" });
    const dry = ["render", "--out", space.out, "--dry-run", "--environment", "dev"];
    const { code, out } = run(...dry, "--variables", "variables.yaml");
    assert.deepEqual(
      [code, out],
      [
        0,
        [
          "dev: 0 objects changed, 4 added, 0 unchanged",
          "  + ClusterRole.rbac.authorization.k8s.io/shop:reader",
          "  + Deployment.apps/shop/api",
          "  + Deployment.apps/shop/web",
          "  + Service/shop/api",
          "dev: 4 objects in dev, would write 7 files",
        ],
      ],
    );
    assert.ok(!existsSync(space.out));
  });

  it("ends with 1 and every problem when the files are wrong", () => {
    const { code, out, err } = run("render", "--out", space.out, "--environment", "dev");
    assert.deepEqual([code, out], [1, []]);
    assert.equal(err.length, 2);
    assert.match(err[0] ?? "", /^environment dev: variable REPLICAS has no value/);
    assert.ok(!existsSync(space.out));
  });

  it("ends with 1 when fluxgate.yaml is missing, broken or lacks the environment", () => {
    const at = (file: string) => run("render", "--out", space.out, "--delivery", file, ...set);
    assert.deepEqual(at("nowhere.yaml"), {
      code: 1,
      out: [],
      err: [
        "Failed to read delivery file nowhere.yaml: there is no such file. Name the fluxgate.yaml of your repository, or write one (docs/spec/fluxgate-yaml.md).",
      ],
    });
    space.put({ "bad.yaml": "apiVersion: fluxgate.dev/v1\nkind: Delivery\nmetadta: {}\n" });
    const broken = at("bad.yaml");
    assert.equal(broken.code, 1);
    assert.ok(broken.err.includes('bad.yaml:3:1: unknown key "metadta": did you mean "metadata"?'));
    assert.deepEqual(run("render", "--out", space.out, "--environment", "prd", ...set).err, [
      'delivery shop has no environment "prd": it has dev, prod',
    ]);
  });

  it("ends with 2 for a wrong command line and says where help is", () => {
    assert.equal(run("rendr").code, 2);
    assert.equal(run("render").code, 2);
    const { code, err } = run("render", "--ouput", "x");
    assert.equal(code, 2);
    assert.match(err.join(" "), /Unknown option '--ouput'.*Run fluxgate render --help/);
    assert.equal(run("render", "--help").code, 0);
    assert.deepEqual(run("help", "render").out, run("render", "--help").out);
    assert.match(run("--version").out[0] ?? "", /^\d+\.\d+\.\d+/);
    assert.equal(run().code, 2);
  });

  it("ends with 3 when a tool is missing", () => {
    const path = process.env["PATH"];
    try {
      process.env["PATH"] = join(space.out, "nothing");
      const { code, err } = run("render", "--out", space.out, ...set);
      assert.equal(code, 3);
      assert.deepEqual(err, [
        "Failed to find tool helm: it is not on PATH. Install helm on the agent or machine, or put it on PATH.",
      ]);
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("validates without writing", () => {
    assert.deepEqual(run("validate", ...set, "--images", "image-tags.json"), {
      code: 0,
      out: ["dev: 4 objects, no problems", "prod: 4 objects, no problems"],
      err: [],
    });
    space.put({ "deploy/chart/templates/bad.yaml": '{{ fail "not like this" }}' });
    const { code, err } = run("validate", ...set);
    assert.equal(code, 1);
    assert.match(err[0] ?? "", /^deploy\/chart\/templates\/bad.yaml:1: .*not like this/);
  });
});
