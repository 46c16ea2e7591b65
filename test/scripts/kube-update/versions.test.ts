import assert from "node:assert/strict";
import { newestOf, newestPatch } from "../../../scripts/kube/update/newest-patch.ts";
import { parseUpdateOptions } from "../../../scripts/kube/update/options.ts";

describe("Versions that an update of Flux and Kubernetes moves to", () => {
  const listed = ["v1.36.9", "v1.37.2", "v1.37.10", "v1.37.11-rc.0", "v1.38.0-beta.0"];

  it("are the newest patch by number, and no pre-release", () => {
    assert.equal(newestPatch(listed, "1.37", "v1.36.3"), "v1.37.10");
    assert.equal(newestPatch(listed, "1.38", "v1.36.3"), undefined);
    assert.equal(newestPatch(listed, "1.3", "v1.36.3"), undefined);
  });

  it("are never older than what stands: a proxy does not list all that it has", () => {
    assert.equal(newestPatch(listed, "1.37", "v1.37.12"), "v1.37.12");
  });

  it("name the newest Go that one of the modules wants", () => {
    assert.equal(newestOf(["1.26.0", "1.9", "1.26.10", "1.26.9"]), "1.26.10");
    assert.equal(newestOf(["1.26.0", "1.27"]), "1.27");
  });

  it("come from the command line, both of them", () => {
    const options = parseUpdateOptions(["--kubernetes", "1.37", "--flux=2.9.4", "--dry-run"]);
    assert.deepEqual(options, {
      kubernetes: "1.37",
      flux: "2.9.4",
      dryRun: true,
      pinsOnly: false,
    });
    const wrong = (...args: string[]) => ({ args, says: () => parseUpdateOptions(args) });
    assert.throws(wrong("--kubernetes", "1.37").says, /--flux is missing\. Nothing was changed/);
    assert.throws(wrong("--kubernetes", "latest", "--flux", "2.9").says, /latest is not a version/);
    assert.throws(wrong("--kubernets", "1.37", "--flux", "2.9").says, /--kubernets/);
  });
});
