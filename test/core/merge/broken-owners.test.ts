import assert from "node:assert/strict";
import { ownersListFindings, ownersPath } from "../../../core/merge/owners.ts";

const good = JSON.stringify({ kind: "Owners", owners: [{ path: "dev", people: ["a@b.c"] }] });
const findings = (before: string | undefined, after: string | undefined, ...changed: string[]) =>
  ownersListFindings({ before, after }, changed).map(({ severity, message }) => ({
    severity,
    message,
  }));

describe("a list of owners that cannot be read", () => {
  it("is refused in the pull request that brings it, before everybody is locked out", () => {
    for (const bad of ["{", "[]", '{"kind":"Owners","owners":[{}]}']) {
      const [found, ...more] = findings(good, bad, ownersPath);
      assert.equal(found?.severity, "error");
      assert.deepEqual(more, []);
    }
    assert.equal(findings(undefined, "{", ownersPath, "dev/a.yaml").length, 1);
  });

  it("on the target lets in only what mends it, and says so", () => {
    const [refused] = findings("{", "{", "dev/a.yaml");
    assert.equal(refused?.severity, "error");
    assert.match(refused.message, /not valid JSON on the target branch: .*changes nothing else/);
    assert.equal(findings("{", good, ownersPath, "dev/a.yaml")[0]?.severity, "error");
    assert.equal(findings("{", good, ownersPath)[0]?.severity, "warning");
    assert.equal(findings("{", undefined, ownersPath)[0]?.severity, "warning");
  });

  it("is none where it can be read", () => {
    assert.deepEqual(findings(good, good, "dev/a.yaml"), []);
    assert.deepEqual(findings(undefined, good, ownersPath), []);
  });
});
