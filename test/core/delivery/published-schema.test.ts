import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { publishedSchemas } from "../../../scripts/write-schema.ts";
import { fluxgateVersion } from "../../../rendering/version.ts";
import { engineNames } from "../../../core/delivery/steps/registry.ts";
import { parseDelivery } from "../../../core/delivery/parse-delivery.ts";

describe("what is published about fluxgate.yaml", () => {
  it("is the schema that the product checks with", () => {
    for (const [file, text] of Object.entries(publishedSchemas)) {
      const published: unknown = JSON.parse(readFileSync(file, "utf8"));
      assert.deepEqual(published, JSON.parse(text), `${file}: run scripts/write-schema.ts`);
    }
  });

  it("documents only examples that are valid", () => {
    const page = readFileSync("docs/spec/fluxgate-yaml.md", "utf8");
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? "");
    assert.equal(examples.length, 2);
    for (const example of examples) {
      assert.deepEqual(parseDelivery(example, "example").problems, []);
    }
  });

  it("describes every step", () => {
    const page = readFileSync("docs/spec/fluxgate-yaml.md", "utf8");
    for (const name of engineNames) assert.ok(page.includes(`**\`${name}\`**`), name);
  });

  it("names the version of the package", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    assert.equal(fluxgateVersion, version);
  });
});
