import assert from "node:assert/strict";
import {
  environmentStatuses,
  isOfObject,
  type DeliveryVerdict,
  type ObjectPhase,
} from "../../../core/gate/environment-statuses.ts";
import { emptyMemory } from "../../../core/gate/memory.ts";
import type { GateOutcome, GateVerdict } from "../../../core/gate/verdict.ts";

const common = { notes: [], progress: [], memory: emptyMemory };
const delivery = (outcome: GateOutcome): DeliveryVerdict => ({
  delivery: "shop",
  verdict: { ...outcome, ...common },
});
const done = delivery({ kind: "succeeded", text: "deployed" });
const broken = delivery({ kind: "failed", failure: "lasting", text: "Deployment api: crashes" });
const object = (phase: ObjectPhase["phase"], active = true): ObjectPhase => ({
  ...{ cluster: "local", active, phase },
  object: { kind: "Kustomization", namespace: "flux-system", name: "dev" },
});
const inSync = object({ phase: "in-sync", cause: "", terminal: false });
const well = { kind: "succeeded", text: "all of it", ...common } as const;
const statuses = (
  deliveries: readonly DeliveryVerdict[],
  objects: readonly ObjectPhase[],
  everything: GateVerdict = well,
) => {
  const targetUrl = "https://hub";
  return environmentStatuses({ environment: "dev", deliveries, objects, everything, targetUrl });
};
const shown = (list: ReturnType<typeof statuses>) =>
  Object.fromEntries(list.map(({ context, state }) => [context.name, state]));

describe("environmentStatuses()", () => {
  it("says of many objects only what fails, unless all are asked for", () => {
    const many = Array.from({ length: 101 }, () => inSync);
    const rare = (objects: readonly ObjectPhase[], asked?: "all" | "summary") =>
      environmentStatuses({
        ...{ environment: "dev", deliveries: [done], objects, everything: well },
        ...{ targetUrl: "https://hub", statuses: asked },
      }).filter(({ onlyWhileFailing }) => onlyWhileFailing).length;
    assert.equal(rare(many), 101, "and never the environment's own");
    assert.equal(rare(many, "all"), 0);
    assert.equal(rare([inSync]), 0);
    assert.equal(rare([inSync], "summary"), 1);
  });

  it("names the environment, each delivery and each Flux object of each cluster", () => {
    assert.deepEqual(shown(statuses([done], [inSync])), {
      dev: "succeeded",
      "shop/dev": "succeeded",
      "dev/local/Kustomization/flux-system/dev": "succeeded",
    });
  });

  it("fails the environment with the delivery that failed, and says it", () => {
    const [rollUp] = statuses([broken], [inSync]);
    assert.equal(rollUp?.state, "failed");
    assert.equal(rollUp.description, "shop/dev: Deployment api: crashes");
  });

  it("is failed for a Flux object only when waiting longer cannot help", () => {
    const failing = { phase: "failing", cause: "BuildFailed: bad", terminal: true } as const;
    assert.equal(shown(statuses([done], [object(failing)]))["dev"], "failed");
    const retrying = object({ ...failing, terminal: false });
    assert.equal(shown(statuses([done], [retrying]))["dev"], "pending");
  });

  it("shows objects of clusters that do not gate without counting them", () => {
    const behind = object(
      { phase: "behind", cause: "runs an older commit", terminal: false },
      false,
    );
    const seen = shown(statuses([done], [behind]));
    assert.equal(seen["dev"], "succeeded");
    assert.equal(seen["dev/local/Kustomization/flux-system/dev"], "pending");
  });

  it("is no greener than all that runs there, with or without deliveries", () => {
    const text = "Deployment shop/api: ImagePullBackOff";
    const waits = { kind: "waiting", waitingFor: "health", text, ...common } as const;
    const fails = { kind: "failed", failure: "lasting", text, ...common } as const;
    for (const deliveries of [[], [done]]) {
      const [pending] = statuses(deliveries, [inSync], waits);
      assert.deepEqual([pending?.state, pending?.description], ["pending", text]);
      const [failed] = statuses(deliveries, [inSync], fails);
      assert.deepEqual([failed?.state, failed?.description], ["failed", text]);
    }
    assert.equal(shown(statuses([], [inSync], well))["dev"], "succeeded");
  });

  it("says what is healthy, and of what", () => {
    const text = (deliveries: readonly DeliveryVerdict[]) =>
      statuses(deliveries, [inSync])[0]?.description;
    assert.equal(text([done, { ...done, delivery: "web" }]), "healthy: shop, web");
    assert.equal(text([]), "in sync");
    assert.equal(statuses([], [])[0]?.description, "nothing of it was found yet");
  });

  it("says of an object its phase, with the cause where there is one", () => {
    const text = (phase: ObjectPhase["phase"]) => statuses([], [object(phase)]).at(-1)?.description;
    assert.equal(text({ phase: "in-sync", cause: "", terminal: false }), "in-sync");
    const waits = { phase: "waiting", cause: "for base", terminal: false } as const;
    assert.equal(text(waits), "waiting: for base");
  });

  it("is pending while a newer commit takes a delivery's place", () => {
    const newer = delivery({ kind: "superseded", by: "b", text: "superseded by b" });
    assert.deepEqual(shown(statuses([newer], []))["shop/dev"], "pending");
  });

  it("says only what each object is where another connector decides", () => {
    const only = environmentStatuses({
      ...{ environment: "dev", deliveries: [done], objects: [inSync], everything: well },
      ...{ targetUrl: "https://hub", objectsOnly: true },
    });
    assert.deepEqual(Object.keys(shown(only)), ["dev/local/Kustomization/flux-system/dev"]);
  });

  it("says all of a hundred objects", () => {
    const hundred = Array.from({ length: 100 }, () => inSync);
    assert.ok(statuses([done], hundred).every(({ onlyWhileFailing }) => !onlyWhileFailing));
  });

  it("knows the names of single objects from those of deliveries and clusters", () => {
    assert.ok(isOfObject("dev/local/Kustomization/flux-system/dev"));
    assert.ok(!isOfObject("shop/dev"));
    assert.ok(!isOfObject("shop/dev/local"));
  });

  it("is never green for an environment with nothing in it", () => {
    assert.deepEqual(shown(statuses([], [])), { dev: "pending" });
  });

  it("keeps descriptions short and on one line", () => {
    const long = delivery({
      ...{ kind: "failed", failure: "terminal" },
      text: `first\n${"x".repeat(500)}`,
    });
    for (const { description = "" } of statuses([long], [])) {
      assert.ok(description.length <= 250 && !description.includes("\n"), description);
    }
  });
});
