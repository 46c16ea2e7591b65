import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import { api, cluster, input, kustomization, now, older, source, x } from "./gate-world.ts";
import { kindOf } from "./rows.ts";

const job = { ...api, group: "batch", kind: "Job", name: "migrate" };
const given = (health: ObservedHealth, identity = job, applied = x) =>
  input({
    changed: [{ path: "dev/migrate.yaml", removed: false, identities: [identity] }],
    clusters: [
      cluster({
        flux: [
          source(),
          kustomization({
            applied,
            inventory: [`shop_${identity.name}_${identity.group}_${identity.kind}`],
          }),
        ],
        health: { [`${identity.kind}.${identity.group}/shop/${identity.name}`]: health },
      }),
    ],
  });

describe("decide(): a Job that its TTL removes", () => {
  it("is done when it was seen complete", () => {
    const { memory } = decide({ ...given({ state: "current" }), fresh: false }, now);
    const gone = given({ state: "missing" });
    assert.equal(kindOf(decide({ ...gone, memory }, now + 1)), "succeeded");
  });

  it("is waited for when nobody saw its end, and says so", () => {
    const verdict = decide(given({ state: "missing" }), now);
    assert.equal(kindOf(verdict), "waiting health");
    assert.match(verdict.text, /removed before anybody saw it complete/);
  });

  it("is not done when it was only seen to run", () => {
    const running = given({ state: "in-progress", cause: "0 of 1 completed" });
    const { memory } = decide(running, now);
    assert.equal(kindOf(decide({ ...given({ state: "missing" }), memory }, now)), "waiting health");
  });

  it("is not done by what was complete before X replaced it", () => {
    const before = given({ state: "current" }, job, older);
    const { memory } = decide({ ...before, fresh: false }, now);
    assert.equal(kindOf(decide({ ...given({ state: "missing" }), memory }, now)), "waiting health");
  });

  it("is another matter than a Deployment that is gone", () => {
    const { memory } = decide({ ...given({ state: "current" }, api), fresh: false }, now);
    const gone = { ...given({ state: "missing" }, api), memory };
    assert.equal(kindOf(decide(gone, now + 1)), "waiting health");
  });
});
