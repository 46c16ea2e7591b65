import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerminalError } from "../../../core/errors.ts";
import { writeRender } from "./a-render.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";

const rounds = 20;

describe("two runs of one delivery that open their pull requests at once", function () {
  this.timeout(240_000);
  let at: Harness;
  let folder: string;
  before(async () => {
    at = await startHarness();
    folder = mkdtempSync(join(tmpdir(), "fluxgate-at-once-"));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await at.stop();
  });

  // The start of what the other one also writes: each has a render of its own.
  function open(build: number) {
    const render = { build, objects: { a: String(build) } };
    const renderedFolder = join(folder, String(build));
    writeRender(renderedFolder, { ...render, organisationUrl: at.organisationUrl });
    return at.deploy({ ...render, inputs: { renderedFolder } });
  }

  it(`leave one open, the newer one's, ${rounds} times of ${rounds}`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [older, newer] = [round * 2 + 1, round * 2 + 2];
      const order = round % 2 === 0 ? [older, newer] : [newer, older];
      const ends = new Map(
        await Promise.all(
          order.map(
            async (build) => [build, await open(build).catch((error: unknown) => error)] as const,
          ),
        ),
      );
      const active = (await at.pullRequests()).filter(({ status }) => status === "active");
      assert.deepEqual(
        active.map(({ sourceRefName }) => sourceRefName),
        [`refs/heads/fluxgate/shop/dev/${newer}`],
        `round ${round}: ${String(ends.get(older))}; ${String(ends.get(newer))}`,
      );
      assert.ok(!(ends.get(newer) instanceof Error), String(ends.get(newer)));
      const end = ends.get(older);
      // It gave way, or had opened its own before, which the newer one then abandoned.
      if (end instanceof Error)
        assert.equal((end as TerminalError).code, "superseded", String(end));
      const branches = (await at.branches()).filter((name) => name.startsWith("fluxgate/"));
      assert.deepEqual(branches, [`fluxgate/shop/dev/${newer}`]);
    }
  });
});
