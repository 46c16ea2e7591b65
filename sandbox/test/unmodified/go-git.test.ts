import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ensureGoProgram } from "../../../scripts/tools/go-program.ts";
import { pipelinesWith, type Pipelines } from "../pipelines/pipelines-harness.ts";

const run = promisify(execFile);

describe("go-git", () => {
  let pipelines: Pipelines;
  let program: string;
  const home = mkdtempSync(join(tmpdir(), "fluxgate-go-git-"));
  before(async function () {
    this.timeout(300_000);
    const found = await ensureGoProgram(join(import.meta.dirname, "go-git"));
    if (found === undefined) return this.skip();
    program = found;
    pipelines = await pipelinesWith({ app: { "README.md": "hello\n" }, seed: { definitions: [] } });
  });
  after(async () => {
    rmSync(home, { recursive: true, force: true });
    await pipelines?.sandbox.close();
  });
  const url = () => `${pipelines.sandbox.organisationUrl}/shop/_git/app`;

  it("set up as Flux sets it up clones, pushes a branch, and clones that shallowly", async () => {
    const { stdout } = await run(program, [url(), join(home, "clone")]);
    const [pushed, cloned] = stdout.trim().split(" ");
    assert.match(pushed ?? "", /^[0-9a-f]{40}$/);
    assert.equal(cloned, pushed);
  });

  it("without multi_ack is refused, as the service refuses it", async () => {
    await assert.rejects(run(program, [url(), join(home, "plain"), "plain"]), /400|status code/);
  });
});
