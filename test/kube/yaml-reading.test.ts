import assert from "node:assert/strict";
import { canonical } from "../../core/diff/values.ts";
import { parseManifests } from "../../core/manifests/parse.ts";
import { useKube } from "../support/kube.ts";
import { readOtherwise, yamlTexts } from "./yaml-texts.ts";

describe("YAML", function () {
  this.timeout(120_000);
  const kube = useKube();

  for (const [what, text] of yamlTexts) {
    it(`is read as Flux' build reads it: ${what}`, async () => {
      assert.deepEqual(ours(text), await theirs(text));
    });
  }

  for (const [what, text, why] of readOtherwise) {
    it(`is read otherwise where ${why}: ${what}`, async () => {
      assert.notDeepEqual(ours(text), await theirs(text));
      assert.equal(ours(text), "refused");
    });
  }

  async function theirs(text: string): Promise<"refused" | readonly string[]> {
    const files = { "a/a.yaml": text, "a/kustomization.yaml": "resources: [a.yaml]\n" };
    const built = await kube().build({ files, kustomization: { spec: { path: "./a" } } });
    return built.kind === "built"
      ? built.objects.map(({ object }) => canonical(object))
      : "refused";
  }
});

function ours(text: string): "refused" | readonly string[] {
  const { documents, problems } = parseManifests(text, "a.yaml", { as: "flux" });
  return problems.length > 0 ? "refused" : documents.map(({ object }) => canonical(object));
}
