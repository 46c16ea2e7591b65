import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fluxKinds } from "../../core/flux/kinds/flux-kinds.ts";

describe("what is documented", () => {
  it("names each kind of Flux that the connector may read, in docs/connector.md", () => {
    const document = readFileSync("docs/connector.md", "utf8").toLowerCase();
    const missing = Object.values(fluxKinds).filter(({ resource }) => !document.includes(resource));
    assert.deepEqual(missing, []);
  });

  it("names each page of the hub, which is what vss-extension.json contributes", () => {
    const documents = ["docs/hub.md", "docs/review.md"].map((path) => readFileSync(path, "utf8"));
    const { contributions } = JSON.parse(readFileSync("vss-extension.json", "utf8")) as {
      readonly contributions: readonly { readonly properties: Record<string, string> }[];
    };
    const pages = contributions.filter(({ properties }) => properties["uri"]?.startsWith("hub/"));
    assert.ok(pages.length > 0);
    const named = ({ properties: { name = "" } }: (typeof pages)[number]) =>
      documents.some((text) => text.includes(name));
    assert.deepEqual(
      pages.filter((page) => !named(page)),
      [],
    );
    const built = pages.map(
      ({ properties }) => /^hub\/(.+)\.html$/.exec(properties["uri"] ?? "")?.[1],
    );
    const folders = readdirSync("hub").filter((name) => existsSync(`hub/${name}/main.tsx`));
    assert.deepEqual(
      built.sort(),
      folders.sort(),
      "a page without its contribution, or the reverse",
    );
  });
});
