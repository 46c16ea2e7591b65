import assert from "node:assert/strict";
import type { InputError } from "../../core/errors.ts";
import { parseOptions } from "../../scripts/start/options.ts";

describe("npm start options", () => {
  it("has a fixed port and the demo by default", () => {
    assert.deepEqual(parseOptions([]), {
      port: 8420,
      cluster: false,
      reset: false,
      demo: true,
      environments: [],
      help: false,
    });
  });

  it("takes a port in both forms", () => {
    assert.equal(parseOptions(["--port", "0"]).port, 0);
    assert.equal(parseOptions(["--port=9000"]).port, 9000);
  });

  it("takes environments without the demo, and not beside it", () => {
    const { environments } = parseOptions(["--no-demo", "--environment", "qa", "--environment=eu"]);
    assert.deepEqual(environments, ["qa", "eu"]);
    assert.throws(() => parseOptions(["--environment", "qa"]), /the demo has its own/);
    assert.throws(() => parseOptions(["--no-demo", "--environment", "../x"]), /needs a name/);
  });

  it("names every wrong argument at once", () => {
    assert.throws(
      () => parseOptions(["--prot", "--port", "http"]),
      (error: InputError) => error.problems.length === 2 && /--prot/.test(error.message),
    );
  });
});
