import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { deliveryWith, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const template = `apiVersion: v1
kind: ConfigMap
metadata: { name: a }
data: { region: "#{region}#", size: "#{size}#", tier: "#{tier}#" }
`;

describe("configuration", () => {
  let space: Workspace;
  let folder: string;
  beforeEach(() => {
    space = workspace();
    space.put({ "x/a.yaml": template });
    folder = mkdtempSync(join(tmpdir(), "fluxgate-test-config-"));
  });
  afterEach(() => {
    space.remove();
    rmSync(folder, { recursive: true });
  });
  const configure = (config: string) =>
    space.put({
      "fluxgate.yaml": deliveryWith("      - tokens: { path: x }", `    config: ${config}\n`),
    });
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const data = () => /^data:\n([^]*)$/m.exec(space.read("dev/api/v1_configmap_a.yaml"))?.[1];
  const git = (...args: string[]) => {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    const { status, stderr } = spawnSync("git", [...identity, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
  };

  it("is layered: the later file wins, and what is optional may be missing", async () => {
    configure(
      '{ files: [common.yaml, "${environment}.yaml", { path: west.yaml, optional: true }, { path: east.yaml, optional: true }] }',
    );
    space.put({
      "common.yaml": "{ region: none, size: s, tier: common }",
      "dev.yaml": "{ size: m, region: dev }",
      "west.yaml": "region: west",
    });
    await space.render();
    assert.equal(data(), "  region: west\n  size: m\n  tier: common\n");
  });

  it("leaves a digest of its variables in the index: the same for the same values", async () => {
    configure("{ variables: { region: string, size: { default: s }, tier: { default: t } } }");
    const digest = async (region: string) => {
      await space.render({ variables: { region } });
      const index = JSON.parse(space.read("dev/.fluxgate/shop.json")) as {
        readonly provenance: { readonly variablesDigest?: string };
      };
      return index.provenance.variablesDigest;
    };
    const west = await digest("west");
    assert.match(west ?? "", /^[0-9a-f]{64}$/);
    assert.notEqual(await digest("east"), west);
    assert.equal(await digest("west"), west);
  });

  it("that all environments share comes first, and gives way to the environment's own", async () => {
    const own = "{ variables: { size: { default: own } }, files: [dev.yaml] }";
    const shared = `config:
  variables: { size: { default: shared }, region: { default: shared } }
  files: [common.yaml]
`;
    space.put({
      "fluxgate.yaml": `${deliveryWith("      - tokens: { path: x }", `    config: ${own}\n  - name: prod\n`)}${shared}`,
      "common.yaml": "tier: common",
      "dev.yaml": "tier: dev",
    });
    await space.render();
    assert.equal(data(), "  region: shared\n  size: own\n  tier: dev\n");
    assert.match(
      space.read("prod/api/v1_configmap_a.yaml"),
      /region: shared\n\s+size: shared\n\s+tier: common/,
    );
  });

  it("can be for one app, and comes from another repository by folder", async () => {
    configure(
      '{ from: configuration, folder: "${environment}", files: ["${app}.yaml", { path: code.yaml, from: code }] }',
    );
    put("dev/api.yaml", "{ region: r, size: s, tier: t }");
    space.put({ "dev/code.yaml": "size: code" });
    await space.render({ configuration: folder });
    assert.equal(data(), "  region: r\n  size: code\n  tier: t\n");
  });

  it("comes from a branch, without touching what is checked out", async () => {
    git("init", "--quiet", "--initial-branch=main");
    put("v.yaml", "{ region: r, size: main, tier: t }");
    git("add", ".");
    git("commit", "--quiet", "-m", "a");
    git("checkout", "--quiet", "-b", "env/dev");
    put("v.yaml", "{ region: r, size: branch, tier: t }");
    git("commit", "--quiet", "-am", "b");
    git("checkout", "--quiet", "main");
    configure("{ from: configuration, branch: env/dev, files: [v.yaml] }");
    await space.render({ configuration: folder });
    assert.match(data() ?? "", /size: branch/);
    assert.match(readFileSync(join(folder, "v.yaml"), "utf8"), /size: main/);
    assert.match(
      space.read("dev/.fluxgate/shop.json"),
      /"configuration": \{\n\s+"commit": "[0-9a-f]{40}"/,
    );
    configure("{ from: configuration, branch: env/prod, files: [v.yaml] }");
    await assert.rejects(space.render({ configuration: folder }), {
      code: "configuration-branch-missing",
    });
  });

  it("leaves the names of environment, app and delivery to tokens that nothing else sets", async () => {
    configure("{ files: [v.yaml] }");
    space.put({
      "v.yaml": "app: mine",
      "x/a.yaml": template.replace(
        /\ndata: .*/,
        '\ndata: { a: "#{environment}#-#{app}#-#{delivery}#" }',
      ),
    });
    await space.render();
    assert.equal(data(), "  a: dev-mine-shop\n");
  });

  it("is an error when its file is missing, no mapping, or in a repository that is not there", async () => {
    configure("{ files: [gone.yaml, list.yaml, { path: a.yaml, from: configuration }] }");
    space.put({ "list.yaml": "[1]" });
    assert.deepEqual(await space.problems(), [
      "fluxgate.yaml:10: there is no file or folder gone.yaml in the checkout",
      "fluxgate.yaml:10: environment dev: a.yaml is in the configuration repository, whose folder was not given",
      "list.yaml:1: a values file must be one mapping",
    ]);
  });
});
