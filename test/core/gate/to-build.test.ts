// A build costs seconds: it is asked for where files alone do not tell what X changed, and only there.
import assert from "node:assert/strict";
import type { ClusterFacts, GateInput } from "../../../core/gate/gate-input.ts";
import { kustomizationsToBuild } from "../../../core/gate/to-build.ts";
import { api, artefact, cluster, input, kustomization } from "./gate-world.ts";
import { running, shopDev, x } from "./gate-world.ts";

const layouts = { dev: { whole: "dev/kustomization.yaml uses namePrefix", unreached: [] } };
const asked = (facts: Partial<GateInput>, of: ClusterFacts = running([kustomization()])) =>
  kustomizationsToBuild(input({ layouts, ...facts }), of, x).map(({ name }) => name);
const [app] = input().changed ?? [];

describe("a build of Flux", () => {
  it("is asked for where the files of a Kustomization do not map to objects", () => {
    assert.deepEqual(asked({}), ["shop-dev"]);
  });

  it("is not where they do", () => {
    assert.deepEqual(asked({ layouts: {} }), []);
  });

  it("is not of what X does not change", () => {
    const other = kustomization({ name: "other", path: "./other" });
    assert.deepEqual(asked({}, running([kustomization(), other])), ["shop-dev"]);
  });

  it("is not for the roll-up, which judges all that runs", () => {
    assert.deepEqual(asked({ everything: true }), []);
  });

  it("is not for a cluster that does not answer, or does not gate", () => {
    assert.deepEqual(asked({}, { ...running([kustomization()]), silent: "no route" }), []);
    assert.deepEqual(asked({}, { ...running([kustomization()]), active: false }), []);
  });

  it("is not where X changed the Kustomization itself: all of it is judged", () => {
    const file = { path: "clusters/dev.yaml", removed: false, identities: [shopDev] };
    assert.deepEqual(asked({ changed: [...(app ? [app] : []), file] }), []);
  });

  it("is not of an artefact, whose files nobody has", () => {
    const taking = kustomization({
      spec: { sourceRef: { kind: "OCIRepository", name: "manifests" } },
    });
    assert.deepEqual(asked({}, cluster({ flux: [artefact(), taking] })), []);
  });

  it("is asked for where its inventory has none of what the file names", () => {
    const file = { path: "dev/web.yaml", removed: false, identities: [{ ...api, name: "web" }] };
    assert.deepEqual(asked({ layouts: {}, changed: [file] }), ["shop-dev"]);
  });
});
