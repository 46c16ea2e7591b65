import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { configMap, deliveryWith, workspace } from "../rendering/rendering-harness.ts";
import type { Workspace } from "../rendering/rendering-harness.ts";
import { fluxgate } from "./cli-process.ts";

describe("a command line with a mistake in it", function () {
  this.timeout(60_000);
  let space: Workspace;
  before(async function () {
    this.timeout(120_000);
    await ensureBuilt(["cli"]);
    process.env["FLUXGATE_TOKEN"] = "x";
  });
  after(() => delete process.env["FLUXGATE_TOKEN"]);
  beforeEach(() => {
    space = workspace();
    space.put({
      "fluxgate.yaml": deliveryWith(
        "      - tokens: { path: d }",
        "    config: { variables: { X: string } }\n",
      ),
      "d/a.yaml": configMap("a", "#{X}#"),
    });
  });
  afterEach(() => space.remove());
  const run = (...args: readonly string[]) => fluxgate(space.checkout, args);
  const at = ["--project", "shop", "--repository", "manifests"];

  for (const [args, says] of [
    [["rendr"], 'no command "rendr": did you mean render? Run fluxgate --help.'],
    [["render", "--enviroment", "dev"], ": did you mean --environment? Run fluxgate render"],
    [["render", "--out", "o", "--set", "X"], "--set X is not of the form NAME=VALUE. Run"],
    [["validate", "--manifests", "d", "--kubernetes-version", "x"], "is not of the form 1.36. Run"],
    [
      ["policies", "--organisation", "fabrikam", ...at],
      "--organisation fabrikam is no web address",
    ],
    [
      ["history", "--organisation", "fabrikam", "--environment", "dev", ...at],
      "--organisation fabrikam is no web address",
    ],
    [["doctor"], "needs --config, --organisation or --kubeconfig. Run fluxgate doctor --help."],
    [["init", "--manifests", "nowhere"], "--manifests nowhere: there is no such folder. Run"],
  ] as const) {
    it(`ends with 2, and what to write instead: ${args.join(" ")}`, () => {
      if (args[0] === "init") {
        const commit =
          "git init -q && git add -A && git -c user.name=a -c user.email=a@b commit -qm a";
        execFileSync("sh", ["-c", commit], { cwd: space.checkout });
      }
      const { code, err } = run(...args);
      assert.ok(err.join("\n").includes(says), err.join("\n"));
      assert.equal(code, 2);
    });
  }

  it("names files that are not there, with the cause, and makes no folder of a mistyped one", () => {
    assert.match(run("doctor", "--config", "no.yaml").err.join(""), /cannot be read: ENOENT/);
    const { code, err } = run("adopt", "--out", "nowhere", "--set", "X=1");
    assert.match(err.join(""), /manifests repository nowhere: there is no such folder\. Clone it/);
    assert.equal(code, 1);
  });

  it("takes the values of a variables file as they are spelled, and no lists for texts", () => {
    space.put({ "v.yaml": "X: 1.10\n", "w.yaml": "X: [1]\n" });
    assert.equal(run("render", "--out", space.out, "--variables", "v.yaml").code, 0);
    const written = readFileSync(join(space.out, "dev/api/v1_configmap_a.yaml"), "utf8");
    assert.match(written, /a: "1\.10"/);
    const { err } = run("render", "--out", space.out, "--variables", "w.yaml");
    assert.match(err.join(""), /w\.yaml: variable X is a list or mapping/);
  });
});
