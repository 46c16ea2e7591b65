import assert from "node:assert/strict";
import { canonical } from "../../core/diff/values.ts";
import { parseManifests, readUsual } from "../../core/manifests/parse.ts";
import { useKube } from "../support/kube.ts";
import { randomFrom } from "../support/random.ts";
import { randomYaml } from "../support/random-yaml.ts";
import { readOtherwise, yamlTexts } from "./yaml-texts.ts";

describe("YAML", function () {
  this.timeout(240_000);
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

  it("that we read in the usual way is read so by Flux' build, whatever the text", async () => {
    const next = randomYaml(randomFrom(Number(process.env["FLUXGATE_SEED"] ?? 3)));
    const texts = Array.from({ length: 600 }, (_, at) => {
      const block = next().replaceAll(/^(?=.)/gm, "  ");
      return `apiVersion: x.io/v1\nkind: Widget\nmetadata:\n  name: w${at}\nspec:\n${block}`;
    })
      .filter((text) => readUsual(text, { as: "flux" }) !== undefined)
      // As kustomize writes them a folded text gets a break before a line that is deeper, and a block
      // that begins with an empty line loses its last one.
      .filter((text) => !/\p{Surrogate}|^ +v|\|\n *\n/mu.test(text));
    assert.ok(texts.length > 100);
    const expected = texts.map(ours);
    for (const [at, text] of texts.entries()) {
      if (expected[at] !== "refused") assert.deepEqual(await theirs(text), expected[at], text);
    }
  });

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
