import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startConnector } from "../../scripts/start/connector-process.ts";
import { eventually } from "../support/eventually.ts";

// It listens before it says that it is ready, as the connector does, and ends by a code when asked.
const program = (code: number) => `
process.on("SIGINT", () => process.exit(${code}));
setInterval(() => undefined, 1000);
console.log(JSON.stringify({ msg: "The connector is ready" }));
`;

describe("the connector's process of npm start", () => {
  let folder: string;
  before(() => void (folder = mkdtempSync(join(tmpdir(), "fluxgate-test-connector-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [code, deaths] of [
    [0, []],
    [3, ["The connector is ready"]],
  ] as const) {
    it(`is ${code === 0 ? "not dead when Ctrl-C has asked it to end" : "dead when it fails"}`, async () => {
      const bundle = join(folder, `connector-${code}.mjs`);
      writeFileSync(bundle, program(code));
      const said: string[] = [];
      const { pid } = await startConnector({
        ...{ bundle, configFile: "", logFile: join(folder, "log"), token: "" },
        onDeath: (last) => void said.push(last),
      });
      process.kill(pid, "SIGINT");
      await eventually("it to be gone", () => (isThere(pid) ? undefined : true));
      assert.deepEqual(said, deaths);
    });
  }
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
