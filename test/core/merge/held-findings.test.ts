import assert from "node:assert/strict";
import { heldFindings, holdFindings } from "../../../core/merge/held-findings.ts";
import { type OwnershipIndex, ownershipIndexText } from "../../../core/render/ownership-index.ts";
import { writeHold } from "../../../core/rollback/hold.ts";

const owned = (app: string) => ({ app, sha256: "0".repeat(64) });
const index: OwnershipIndex = {
  ...{
    apiVersion: "fluxgate.dev/v1",
    kind: "OwnershipIndex",
    delivery: "shop",
    environment: "dev",
  },
  files: { "api/a.yaml": owned("api"), "web/a.yaml": owned("web") },
  provenance: { tools: {}, images: {}, inputsDigest: "" },
};
const held = "dev/.fluxgate/shop.hold.json";
const hold = { apps: ["api"], reason: "it lost orders", by: "Ana", at: "today" };

function find(changed: readonly string[], text = writeHold(hold)) {
  const before = new Map([
    [held, text],
    ["dev/.fluxgate/shop.json", ownershipIndexText(index)],
  ]);
  const now = Date.parse("2026-01-01");
  return heldFindings({ before, after: before, changed, now }).map(({ file, message }) => ({
    file,
    message,
  }));
}

describe("a merge under a hold", () => {
  it("is refused where it changes a held app, with who holds it and how it is lifted", () => {
    assert.deepEqual(find(["dev/web/a.yaml", "dev/api/a.yaml"]), [
      {
        file: "dev/api/a.yaml",
        message: `shop is held by Ana since today: it lost orders. Lift it in a pull request that deletes ${held}`,
      },
    ]);
  });

  it("may change other apps, and lift the hold", () => {
    assert.deepEqual(find(["dev/web/a.yaml", "other/api/a.yaml"]), []);
    assert.deepEqual(find(["dev/api/a.yaml", held]), []);
  });

  it("is free again after its end, and held as a whole where the hold cannot be read", () => {
    assert.deepEqual(find(["dev/api/a.yaml"], writeHold({ ...hold, until: "2025-12-31" })), []);
    assert.match(find(["dev/web/a.yaml"], "{")[0]?.message ?? "", /everything is held/);
  });
});

describe("a merge that brings a hold", () => {
  const bring = (text: string, then = index) =>
    holdFindings({
      before: new Map([["dev/.fluxgate/shop.json", ownershipIndexText(then)]]),
      after: new Map([
        [held, text],
        ["dev/.fluxgate/shop.json", ownershipIndexText(index)],
      ]),
      changed: [held, "dev/api/a.yaml"],
    }).map(({ severity, message }) => `${severity}: ${message}`);

  it("is refused where the hold would not hold what it was written for", () => {
    assert.deepEqual(bring(writeHold({ ...hold, apps: ["api", "wep"] })), [
      "error: This holds wep, and shop has no such app here (it has api, web): nothing of it would be held",
    ]);
    assert.deepEqual(bring(writeHold({ ...hold, apps: [] })), [
      "error: apps of the hold is empty, so everything is held",
    ]);
    assert.match(bring("{")[0] ?? "", /^error: the hold is not valid JSON/);
  });

  it("is not where it names apps that are there, or all", () => {
    assert.deepEqual(bring(writeHold(hold)), []);
    const { reason, by, at } = hold;
    assert.deepEqual(bring(writeHold({ reason, by, at })), []);
    const then = { ...index, files: { "old/a.yaml": owned("old") } };
    assert.deepEqual(bring(writeHold({ ...hold, apps: ["old"] }), then), []);
  });
});
