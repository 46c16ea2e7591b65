import assert from "node:assert/strict";
import { causeView } from "../../hub/view/cause-view.ts";
import { byPromotion } from "../../hub/view/environment-order.ts";
import { seenItem } from "../../hub/view/seen-item.ts";
import type { Tone } from "../../hub/view/tone.ts";
import { aSnapshot, kustomization, workload } from "./a-snapshot.ts";

describe("what a cluster runs", () => {
  it("names the broken workload first, not the Kustomization that only reports it", () => {
    const { causes, rest } = causeView({
      ...aSnapshot,
      objects: [
        kustomization("after", "waiting", "DependencyNotReady: shop"),
        kustomization("shop", "failing", "HealthCheckFailed: Deployment/shop/api"),
      ],
      workloads: [workload("web", "current"), workload("api", "failed", "ImagePullBackOff")],
    });
    assert.deepEqual(
      causes.map(({ object, cause }) => `${object}: ${cause}`),
      ["Deployment shop/api: ImagePullBackOff"],
    );
    assert.deepEqual(
      rest.map(({ state }) => state),
      ["Failing", "Waiting", "Healthy"],
    );
  });

  it("names the Flux object itself where nothing else explains it", () => {
    const objects = [kustomization("shop", "stalled", "BuildFailed: no such file")];
    const { causes } = causeView({ ...aSnapshot, objects });
    assert.equal(causes[0]?.state, "Stalled");
    assert.equal(causes[0]?.revision, "main@01234567");
  });

  it("takes a health that it does not know for unknown", () => {
    const odd = causeView({ ...aSnapshot, workloads: [workload("api", "constructor")] });
    assert.equal(odd.rest[0]?.state, "Unknown");
  });
});

describe("an object of a report", () => {
  it("is neither well nor going on where the report is old, and says when it was so", () => {
    const said = (tone: Tone) => seenItem({ tone, state: "S" }, false);
    assert.deepEqual(said("good"), { tone: "plain", state: "S when last seen" });
    assert.equal(said("running").tone, "plain");
    assert.deepEqual([said("bad").tone, said("warning").tone], ["bad", "warning"]);
    assert.deepEqual(seenItem({ tone: "good", state: "S" }, true), { tone: "good", state: "S" });
  });
});

describe("environments", () => {
  it("stand in the usual order of promotion, unknown names before production", () => {
    const names = ["prod-weu", "blue", "staging", "dev", "test", "prod-neu", "uat"];
    assert.deepEqual([...names].sort(byPromotion), [
      "dev",
      "test",
      "blue",
      "staging",
      "uat",
      "prod-neu",
      "prod-weu",
    ]);
  });
});
