import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRender } from "../../../tasks/OpenManifestsPR/read-render.ts";
import { writeRender } from "./a-render.ts";

describe("a render's folder that cannot be read", () => {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-render-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is refused, not taken for one that holds nothing: what is missing would be deleted", async () => {
    const organisationUrl = "https://dev.azure.com/fabrikam";
    writeRender(folder, { build: 1, organisationUrl, objects: { a: "1" } });
    assert.deepEqual((await readRender(folder, "dev")).highLevel, []);
    mkdirSync(join(folder, "high-level"));
    writeFileSync(join(folder, "high-level", "dev"), "no folder");
    await assert.rejects(readRender(folder, "dev"), {
      code: "render-missing",
      message: /cannot be read/,
    });
  });
});
