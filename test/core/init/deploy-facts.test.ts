import assert from "node:assert/strict";
import { guessDelivery } from "../../../core/init/guess-delivery.ts";

const chart = { "deploy/chart/Chart.yaml": "name: api\n", "deploy/chart/values.yaml": "a: 1\n" };
const steps = (...all: readonly string[]) =>
  `stages:\n  - stage: dev\n    jobs:\n      - job: a\n        steps:\n${all.map((one) => `          - ${one.replaceAll("\n", "\n            ")}\n`).join("")}`;
const bake =
  "task: KubernetesManifest@1\nname: bake\ninputs:\n  action: bake\n  helmChart: deploy/chart\n  releaseName: shop-api";
const deploy = (namespace: string) =>
  `task: KubernetesManifest@1\ninputs:\n  action: deploy\n  namespace: ${namespace}\n  manifests: $(bake.manifestsBundle)`;

function guess(pipeline: string) {
  const files = { ...chart, "azure-pipelines.yml": pipeline };
  const given = Object.entries(files).map(([path, text]) => ({ path, text }));
  const found = guessDelivery(given, { name: "shop" });
  assert.ok(found);
  const [app] = found.delivery.apps;
  return { app, notes: found.notes.join("\n") };
}

describe("what fluxgate init takes from the steps that deploy today", () => {
  it("is the namespace and the release, so that Flux takes over the same objects", () => {
    const { app, notes } = guess(steps(bake, deploy("store")));
    assert.equal(app?.namespace, "store");
    assert.deepEqual(app.render, [
      { helm: { chart: "deploy/chart", release: "shop-api", values: [] } },
    ]);
    assert.match(notes, /objects without a namespace get store/);
    assert.match(notes, /azure-pipelines\.yml:6: KubernetesManifest@1 bakes; RenderManifests will/);
    assert.match(notes, /azure-pipelines\.yml:12: KubernetesManifest@1 deploys; Flux will/);
  });

  for (const [said, script] of [
    ["helm upgrade", "bash: helm upgrade --install shop-api ./deploy/chart -n store"],
    ["a folded line", "script: |\n  helm upgrade shop-api \\\n    deploy/chart/ --namespace=store"],
    [
      "HelmDeploy",
      "task: HelmDeploy@0\ninputs:\n  command: upgrade\n  chartPath: $(Build.SourcesDirectory)/deploy/chart\n  releaseName: shop-api\n  namespace: store",
    ],
  ] as const) {
    it(`is read of ${said} too`, () => {
      const { app } = guess(steps(script));
      assert.equal(app?.namespace, "store");
      assert.match(JSON.stringify(app.render), /"release":"shop-api"/);
    });
  }

  it("is said, and not guessed, where there are several or a variable", () => {
    for (const pipeline of [
      steps(bake, deploy("store-dev"), deploy("store-prod")),
      steps(bake, deploy("$(NAMESPACE)")),
      steps(bake, deploy("${{ parameters.namespace }}")),
    ]) {
      const { app, notes } = guess(pipeline);
      assert.equal(app?.namespace, undefined);
      assert.match(notes, /the pipeline deploys into (store-dev, store-prod|\$[({]+.*NAMESPACE?)/i);
    }
    const two = guess(steps(bake, bake.replace("shop-api", "shop-api-2")));
    assert.match(JSON.stringify(two.app?.render), /"release":"api"/);
    assert.match(two.notes, /calls its release shop-api, shop-api-2/);
  });

  it("is nothing of a pipeline that is no YAML, or deploys nothing", () => {
    for (const pipeline of ["{{ nope", "steps: [{ bash: echo -n store }]", "a: &a [*a]"]) {
      const { app } = guess(pipeline);
      assert.equal(app?.namespace, undefined);
      assert.match(JSON.stringify(app?.render), /"release":"api"/);
    }
  });
});
