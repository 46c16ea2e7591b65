import assert from "node:assert/strict";
import { idleOwners, ownersListFindings, ownersPath } from "../../../core/merge/owners.ts";

const good = JSON.stringify({ kind: "Owners", owners: [{ path: "dev", people: ["a@b.c"] }] });
const noList = JSON.stringify({ kind: "Owners", owners: [{ path: "dev", people: "a@b.c" }] });
const findings = (before: string | undefined, after: string | undefined, ...changed: string[]) =>
  ownersListFindings({ before, after }, changed).map(({ severity, message }) => ({
    severity,
    message,
  }));

describe("a list of owners that cannot be read", () => {
  it("is refused in the pull request that brings it, before everybody is locked out", () => {
    for (const bad of ["{", "[]", '{"kind":"Owners","owners":[{}]}', noList]) {
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

describe("a list of owners that keeps nobody out", () => {
  const idle = (owners: readonly object[], ...files: readonly string[]) => {
    const text = JSON.stringify({ kind: "Owners", owners });
    const after = new Map([[ownersPath, text], ...files.map((file) => [file, ""] as const)]);
    return idleOwners(after).map(({ severity, message }) => `${severity}: ${message}`);
  };

  it("says so of a path under which nothing lies, of an empty list, and of what nothing reads", () => {
    assert.deepEqual(idle([{ path: "prd", people: [] }, { path: "dev" }], "dev/a.yaml"), [
      "warning: nothing lies under prd: as long as that is so, it keeps nobody out",
    ]);
    assert.match(idle([], "dev/a.yaml")[0] ?? "", /the list of owners is empty: everybody may/);
    assert.deepEqual(idle([{ path: "dev", person: ["a"] }], "dev/a.yaml"), [
      "warning: nothing reads owners[0].person",
    ]);
  });
});
