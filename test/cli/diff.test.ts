import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";
import { configMap, toolsOnPath, workspace } from "../rendering/rendering-harness.ts";
import type { Workspace } from "../rendering/rendering-harness.ts";
import { fluxgate, program } from "./cli-process.ts";

const schema = JSON.parse(readFileSync("docs/spec/diff.schema.json", "utf8")) as object;
const secret = (value: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { p: ${value} }\n`;

describe("fluxgate diff", () => {
  before(() => ensureBuilt(["cli"]));
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
  });
  afterEach(() => space.remove());
  // These run without it.
  const unasked = ", but the API server's own code was not asked";
  const diff = (...args: string[]) => fluxgate(space.checkout, ["diff", ...args]);

  it("says of two folders what changes, first whether that is all of it", () => {
    space.put({ "old/a.yaml": configMap("a"), "new/a.yaml": configMap("b") });
    const { code, out } = diff("old", "new");
    assert.equal(code, 0);
    assert.equal(out[0], `1 object added, 1 removed; no known risk${unasked}`);
    space.put({ "new/b.yaml": "a: [" });
    const broken = diff("old", "new");
    assert.equal(broken.code, 1);
    assert.match(broken.out[0] ?? "", /^NOT EVERYTHING WAS COMPARED \(1, see below\): 1 object/);
    assert.match(broken.out.join("\n"), /b\.yaml:1:\d+: not valid YAML: .*Flux refuses the build/);
  });

  it("says in its first line where the API server's own code was not asked, in each format", () => {
    space.put({ "old/a.yaml": configMap("a"), "new/b.yaml": configMap("b") });
    const said = `1 object added, 1 removed; no known risk${unasked}`;
    assert.equal(diff("old", "new", "--format", "markdown").out[0], `**${said}**`);
    const answer = JSON.parse(diff("old", "new", "--format", "json").out.join("\n")) as {
      readonly verdict: string;
      readonly server: { readonly complete: boolean };
    };
    assert.deepEqual([answer.verdict, answer.server.complete], [said, false]);
  });

  it("prints JSON as its published schema describes, without secret values", () => {
    space.put({
      "old/a.yaml": `${secret("hunter2")}---\n${configMap("a")}`,
      "new/a.yaml": `${secret("hunter3")}---\n${configMap("a").replace("kind:", "immutable: true\nkind:")}`,
      "new/b.yaml": configMap("b"),
    });
    const { out } = diff("old", "new", "--format", "json");
    const answer = JSON.parse(out.join("\n")) as { readonly objects: readonly unknown[] };
    const validate = new Ajv({ strict: false }).compile(schema);
    assert.equal(validate(answer), true, JSON.stringify(validate.errors));
    assert.equal(answer.objects.length, 3);
    assert.doesNotMatch(out.join("\n"), /hunter/);
  });

  it("compares files of any names, and prints Markdown", () => {
    space.put({ "one.yaml": configMap("a"), "two.txt": configMap("a").replace("a", "a") });
    assert.deepEqual(diff("one.yaml", "two.txt", "--format", "markdown").out, [
      "**no object changed; no known risk**",
    ]);
  });

  it("refuses a file beside a folder: all of the folder would seem to go", () => {
    space.put({ "a.yaml": configMap("a"), "new/a.yaml": configMap("a") });
    for (const args of [
      ["a.yaml", "new"],
      ["new", "a.yaml"],
    ] as const) {
      const { code, out, err } = diff(...args);
      assert.deepEqual([code, out], [2, []]);
      assert.match(err.join("\n"), /a\.yaml is a file, new is none: name two of a kind/);
    }
  });

  it("ends without a word where nobody reads any more", async () => {
    const child = spawn(process.execPath, [program, "--help"]);
    const err: Buffer[] = [];
    child.stderr.on("data", (part: Buffer) => err.push(part));
    child.stdout.destroy();
    const [code] = (await once(child, "close")) as [number];
    assert.deepEqual([code, Buffer.concat(err).toString()], [3, ""]);
  });

  it("compares git revisions, and folders of them", () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
        cwd: space.checkout,
      });
    git("init", "--quiet");
    space.put({ "prod/a.yaml": configMap("a") });
    git("add", ".");
    git("commit", "--quiet", "-m", "one");
    space.put({ "prod/b.yaml": configMap("b"), "dev/a.yaml": configMap("a") });
    git("add", ".");
    git("commit", "--quiet", "-m", "two");
    assert.equal(diff("HEAD~1", "HEAD").out[0], `2 objects added; no known risk${unasked}`);
    assert.equal(
      diff("HEAD~1:prod", "HEAD:prod").out[0],
      `1 object added; no known risk${unasked}`,
    );
    assert.equal(diff("HEAD:prod/a.yaml", "HEAD:prod/b.yaml").code, 0);
    space.put({ ".git/shallow": String(git("rev-parse", "HEAD")) });
    assert.match(diff("HEAD~1", "HEAD").err[0] ?? "", /This clone lacks older commits: .*fetch/);
  });

  describe("with Flux' own code", function () {
    this.timeout(120_000);
    let kube = "";
    before(async function () {
      const made = await kubeFromCache();
      if (made === undefined) this.skip();
      kube = made;
    });

    it("compares what a kustomization builds; without it that is named as not known", () => {
      space.put({
        "old/prod/a.yaml": configMap("a"),
        "old/prod/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: x-\n",
        "new/prod/a.yaml": configMap("a"),
        "new/prod/kustomization.yaml": "resources: [a.yaml]\nnamePrefix: y-\n",
      });
      const without = diff("old", "new");
      assert.equal(without.code, 1);
      assert.match(without.out.join("\n"), /namePrefix\): its effect is not known here/);
      const { code, out } = fluxgate(space.checkout, ["diff", "old", "new"], kube);
      assert.equal(code, 0, out.join("\n"));
      assert.equal(out[0], "1 object added, 1 removed; no known risk");
      assert.match(out.join("\n"), /y-a/);
    });

    it("says why where the module is not in the folder that was named", () => {
      space.put({
        "old/prod/kustomization.yaml": "resources: []\nnamePrefix: x-\n",
        "new/prod/kustomization.yaml": "resources: []\nnamePrefix: y-\n",
      });
      const { code, out } = fluxgate(space.checkout, ["diff", "old", "new"], space.checkout);
      assert.equal(code, 1);
      assert.match(out.join("\n"), /its effect is not known here \(.*own code/);
    });
  });

  it("renders the chart of a changed release, where helm is; else says what is not known", async () => {
    const release = (size: number) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: api, namespace: shop }
spec:
  chart: { spec: { chart: ./charts/api, sourceRef: { kind: GitRepository, name: own } } }
  values: { size: ${size} }
`;
    const side = (name: string, size: number) => ({
      [`${name}/charts/api/Chart.yaml`]: "apiVersion: v2\nname: api\nversion: 1.0.0\n",
      [`${name}/charts/api/templates/a.yaml`]:
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: made }\ndata: { size: "{{ .Values.size }}" }\n',
      [`${name}/prod/release.yaml`]: release(size),
    });
    space.put({ ...side("old", 1), ...side("new", 2) });
    const without = diff("old", "new");
    assert.equal(without.code, 1);
    assert.match(
      without.out.join("\n"),
      /high: HelmRelease shop\/api changes values: what its chart/,
    );
    assert.match(without.out.join("\n"), /its chart was not rendered: there is no helm on PATH/);
    const tools = await toolsOnPath();
    const { code, out } = diff("old", "new", "--format", "json");
    tools.restore();
    const answer = JSON.parse(out.join("\n")) as { readonly objects: readonly unknown[] };
    const validate = new Ajv({ strict: false }).compile(schema);
    assert.equal(validate(answer), true, JSON.stringify(validate.errors));
    assert.equal(code, 0, out.join("\n"));
    assert.match(JSON.stringify(answer.objects), /"name":"made".*"madeBy":"HelmRelease shop\/api"/);
    assert.match(JSON.stringify(answer.objects), /"path":"data.size","before":"1","after":"2"/);
  });

  it("names what is no folder, file or revision, and a wrong command line", () => {
    const missing = diff("nowhere", "--format", "json", "alsonot");
    assert.equal(missing.code, 1);
    assert.match(missing.err[0] ?? "", /nowhere is no folder or file here, and git knows no such/);
    assert.equal(diff("one").code, 2);
    assert.equal(diff("a", "b", "--format", "yaml").code, 2);
  });
});
