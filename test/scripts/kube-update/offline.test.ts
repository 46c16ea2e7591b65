import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

describe("npm run kube -- update without a module proxy", () => {
  it("says in one line what could not be had, and that nothing was changed", function () {
    if (spawnSync("go", ["version"]).status !== 0) return this.skip();
    const args = ["scripts/kube.ts", "update", "--kubernetes", "1.37", "--flux", "2.9"];
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", ...args], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, GOPROXY: "off", GOFLAGS: "" },
    });
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(
      stderr,
      /^Failed to update Flux's and Kubernetes' code: go list -m: .*GOPROXY=off\. Nothing was changed\. Install Go .*\n$/,
    );
  }).timeout(60_000);
});
