import assert from "node:assert/strict";
import { heldFindings } from "../../../core/merge/held-findings.ts";
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
