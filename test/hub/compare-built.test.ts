import assert from "node:assert/strict";
import { compareTrees } from "../../core/diff/tree/compare-trees.ts";
import type { Analysed } from "../../hub/data/analyse.ts";
import { compareBuilt } from "../../hub/data/compare-built.ts";
import { loadChanges } from "../../hub/data/load-changes.ts";
import { absentKube, type Kube } from "../../kube/kube.ts";
import { clientOf } from "../support/sandbox.ts";
import { useKube } from "../support/kube.ts";
import { linesOf } from "../core/diff/built-sides.ts";
import { type HubWorld, startHubWorld } from "../e2e/hub-world.ts";

const config = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n";
const list = (suffix: string) => `resources: [../../base]\nnameSuffix: -${suffix}\n`;

describe("a review of kustomizations that do more than list", function () {
  this.timeout(120_000);
  let world: HubWorld;
  before(async () => {
    world = await startHubWorld();
  });
  after(() => world.stop());

  async function review(kube: Kube, name: string) {
    const at = (path: string) => `${name}/${path}`;
    const before = await world.push({
      branch: "main",
      message: "before",
      writes: {
        [at("base/kustomization.yaml")]: "resources: [settings.yaml]\n",
        [at("base/settings.yaml")]: config,
        [at("apps/prod/kustomization.yaml")]: list("a"),
      },
    });
    const after = await world.push({
      branch: "main",
      message: "after",
      writes: { [at("apps/prod/kustomization.yaml")]: list("b") },
    });
    const ado = clientOf(world.sandbox, "reader");
    const { repo } = world;
    const comparison = { before, after, basis: "merge" as const };
    const { before: old, after: next } = await loadChanges(ado, { repo, ...comparison });
    const sides = { before: old, after: next };
    let opened = 0;
    const openBuilds = () => {
      opened += 1;
      return Promise.resolve(kube);
    };
    const analyse = (of: Analysed) => compareTrees(of.before, of.after, of.builds);
    const first = analyse(sides);
    const given = { repo, sides, openBuilds, analyse };
    return {
      compared: await compareBuilt(ado, { ...given, first }),
      plain: await compareBuilt(ado, { ...given, first: { ...first, unbuilt: [] } }),
      opened: () => opened,
    };
  }

  describe("with the module", () => {
    const kube = useKube();
    it("shows what Flux would apply, and reads the unchanged files that this takes", async () => {
      const { compared, opened } = await review(kube(), "with");
      assert.deepEqual(linesOf(compared), [
        "- ConfigMap shop/settings-a with/base/settings.yaml",
        "+ ConfigMap shop/settings-b with/base/settings.yaml",
      ]);
      assert.deepEqual(compared.problems, []);
      assert.equal(compared.complete, true);
      assert.equal(opened(), 1);
    });
  });

  it("without the module says that the effect is not known, and why", async () => {
    const { compared, plain, opened } = await review(absentKube("it is not here"), "without");
    assert.equal(compared.complete, false);
    const [problem] = compared.problems;
    assert.match(
      problem?.message ?? "",
      /nameSuffix\): its effect is not known here \(it is not here\)/,
    );
    assert.equal(opened(), 1, "where nothing is to be built the module is not loaded");
    assert.equal(plain.complete, false);
  });
});
