import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ensurePythonClients } from "../../../scripts/tools/foreign-clients.ts";
import { ci, pipelinesWith, type Pipelines } from "../pipelines/pipelines-harness.ts";

const yaml = `
trigger: none
jobs:
  - job: make
    steps:
      - checkout: none
      - bash: mkdir -p out && echo made > out/file.txt
      - publish: out
        artifact: made
`;

describe("the vendor's Python client, with libgit2", () => {
  let pipelines: Pipelines;
  let packages: string;
  const home = mkdtempSync(join(tmpdir(), "fluxgate-python-"));
  before(async function () {
    const found = await ensurePythonClients();
    if (found === undefined) return this.skip();
    packages = found;
    pipelines = await pipelinesWith({
      app: { "ci.yml": yaml },
      seed: { definitions: [ci], variableGroups: [{ name: "g", variables: { OPEN: "1" } }] },
    });
  });
  after(async () => {
    rmSync(home, { recursive: true, force: true });
    await pipelines?.sandbox.close();
  });

  it("clones, pushes, opens and completes a pull request, and runs a pipeline", async () => {
    const { stdout } = await promisify(execFile)(
      "python3",
      [
        join(import.meta.dirname, "python-clients.py"),
        pipelines.sandbox.organisationUrl,
        join(home, "clone"),
      ],
      { env: { PATH: process.env["PATH"], HOME: home, PYTHONPATH: packages }, timeout: 120_000 },
    );
    const said = Object.assign(
      {},
      ...stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as object),
    ) as Readonly<Record<string, unknown>>;
    const { pushed, absent, ...rest } = said;
    assert.deepEqual(rest, {
      repositories: ["app"],
      source: pushed,
      status: "completed",
      active: 0,
      pipelines: ["ci"],
      result: "succeeded",
      artifacts: ["made"],
      groups: ["g"],
    });
    assert.match(String(absent), /sandbox/i);
  });
});
