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
      help: false,
    });
  });

  it("takes a port in both forms", () => {
    assert.equal(parseOptions(["--port", "0"]).port, 0);
    assert.equal(parseOptions(["--port=9000"]).port, 9000);
  });

  it("names every wrong argument at once", () => {
    assert.throws(
      () => parseOptions(["--prot", "--port", "http"]),
      (error: InputError) => error.problems.length === 2 && /--prot/.test(error.message),
    );
  });
});
