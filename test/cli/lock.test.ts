import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { toolsOnPath, workspace } from "../rendering/rendering-harness.ts";
import type { Workspace } from "../rendering/rendering-harness.ts";
import { fluxgate } from "./cli-process.ts";

describe("fluxgate lock", () => {
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
  const set = ["--set", "REPLICAS=3", "--set", "API_HOST=x", "--environment", "dev"];
  const render = (...args: string[]) => run("render", "--out", space.out, ...set, ...args);
  const file = () => join(space.checkout, "fluxgate.lock.json");

  it("pins what renders, and another program of the same version is refused", () => {
    const { code, out } = run("lock");
    assert.equal(code, 0);
    assert.match(out.join("\n"), /^helm \d+\.\d+\.\d+ is locked for \w+-\w+$/m);
    assert.equal(render().code, 0);

    const other = readFileSync(file(), "utf8").replaceAll(/[0-9a-f]{64}/g, "0".repeat(64));
    writeFileSync(file(), other);
    const refused = render();
    assert.equal(refused.code, 1);
    assert.match(refused.err.join("\n"), /fluxgate\.lock\.json: helm .* is another program than/);
    assert.match(refused.err.join("\n"), /fluxgate lock/);
  });

  it("takes the tools of a folder before those on PATH", function () {
    if (process.platform === "win32") this.skip();
    run("lock");
    const folder = join(space.checkout, "tools");
    mkdirSync(folder);
    writeFileSync(join(folder, "helm"), '#!/bin/sh\necho "v3.99.0"\n');
    chmodSync(join(folder, "helm"), 0o755);
    const refused = render("--tools", "tools");
    assert.equal(refused.code, 1);
    assert.match(refused.err.join("\n"), /helm is 3\.99\.0, locked is \d/);
    assert.match(
      render("--tools", "nowhere").err.join("\n"),
      /the tools' folder nowhere: there is no such folder/,
    );
  });
});
