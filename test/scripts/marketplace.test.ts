import assert from "node:assert/strict";
import { readManifest } from "../../scripts/package/extension-manifest.ts";
import { marketplaceProblems } from "../../scripts/package/marketplace.ts";

describe("what the Marketplace shows", () => {
  const manifest = readManifest();
  const problems = (change: object) => marketplaceProblems({ ...manifest, ...change }).join("\n");

  it("is whole", () => {
    assert.deepEqual(marketplaceProblems(manifest), []);
  });

  it("is refused without overview, links, pictures or badges, each by its name", () => {
    assert.match(
      problems({ content: { details: { path: "README.md" } } }),
      /no overview of its own/,
    );
    assert.match(problems({ links: {} }), /links.support has no https address/);
    assert.match(problems({ screenshots: [] }), /no screenshots/);
    assert.match(problems({ badges: [] }), /no badges/);
    assert.match(problems({ repository: undefined }), /repository has no https address/);
    assert.match(problems({ categories: ["Kubernetes"] }), /"Kubernetes" is no category/);
  });

  it("is refused where a picture is not packaged, or a link leads to nothing of ours", () => {
    const files = manifest.files.filter(({ path }) => path !== "docs/images");
    assert.match(problems({ files }), /shows docs\/images\/review.png, which is not packaged/);
    const support = { uri: "https://github.com/fluxgate/fluxgate/blob/main/docs/help.md" };
    assert.match(
      problems({ links: { ...manifest.links, support } }),
      /links.support leads to .*not in the repository/,
    );
  });
});
