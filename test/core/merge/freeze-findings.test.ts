import assert from "node:assert/strict";
import { freezeFindings } from "../../../core/merge/freeze-findings.ts";

const file = "prod/.fluxgate/freeze.json";
const freeze = (from: string) =>
  JSON.stringify({
    ...{ apiVersion: "fluxgate.dev/v1", kind: "Freeze", environment: "prod" },
    ...{ from, reason: "audit" },
  });
const now = Date.parse("2026-06-01T00:00:00Z");
const find = (changed: readonly string[], before: string | undefined, after = before) =>
  freezeFindings({
    ...{ changed, now },
    before: new Map(before === undefined ? [] : [[file, before]]),
    after: new Map(after === undefined ? [] : [[file, after]]),
  });

describe("a merge and freezes", () => {
  it("is refused where it brings a freeze that nobody could read", () => {
    const [found] = find([file], undefined, freeze("tomorrow"));
    assert.equal(found?.severity, "error");
    assert.match(found.message, /would count as frozen for ever: from is no time/);
    assert.deepEqual(find([file], undefined, freeze("2026-01-01T00:00:00Z")), []);
    assert.deepEqual(find([file], freeze("2026-01-01T00:00:00Z"), undefined), []);
  });

  it("is told of one that stands, and not refused: the status decides when", () => {
    const [found] = find(["prod/api/x.yaml"], freeze("2026-01-01T00:00:00Z"));
    assert.equal(found?.severity, "warning");
    assert.match(found.message, /^prod is frozen: audit\. The status freeze\/prod says when/);
    assert.deepEqual(find(["dev/api/x.yaml"], freeze("2026-01-01T00:00:00Z")), []);
    assert.deepEqual(find(["prod/api/x.yaml"], freeze("2027-01-01T00:00:00Z")), []);
    assert.match(find(["prod/a.yaml"], "{")[0]?.message ?? "", /counts as frozen/);
  });
});
