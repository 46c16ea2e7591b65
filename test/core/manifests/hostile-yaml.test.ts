import assert from "node:assert/strict";
import { manifestFileName } from "../../../core/manifests/file-name.ts";
import { parseManifests, parseYaml } from "../../../core/manifests/parse.ts";
import { placeholdersIn } from "../../../core/render/placeholders.ts";
import { secretsIn } from "../../../core/render/secrets.ts";

const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";
const problems = (text: string) => parseManifests(text, "x.yaml").problems;

// Each of these took minutes, all memory or the stack of a reader that does not expect it.
describe("hostile YAML", () => {
  it("that is nested without end is a problem with its place", () => {
    for (const depth of [250, 3_000, 100_000]) {
      const found = problems(`${head}data: ${"[".repeat(depth)}${"]".repeat(depth)}\n`);
      assert.equal(found.length, 1);
      assert.equal(found[0]?.message, "nested more than 200 levels deep");
      assert.equal(typeof found[0]?.line, "number");
    }
    assert.deepEqual(problems(`${head}data: ${"[".repeat(100)}${"]".repeat(100)}\n`), []);
  });

  it("with anchors that multiply is a problem", () => {
    const lines = Array.from(
      { length: 25 },
      (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`,
    );
    const [found] = problems(`${head}a0: &a0 [x]\n${lines.join("\n")}\n`);
    assert.equal(found?.message, "more than 1,000,000 values, aliases expanded");
  });

  it("with as many keys as fit is read in time that grows with its length only", () => {
    const keys = Array.from({ length: 100_000 }, (_, at) => `k${at}: v`).join("\n  ");
    assert.deepEqual(problems(`${head}data:\n  ${keys}\n`), []);
  }).timeout(60_000);

  it("with more values than memory holds is refused before it is read", () => {
    const [found] = problems(`${head}data: [${"a,".repeat(4_000_000)}]\n`);
    assert.equal(found?.message, "the file has more than 1000000 values");
  });

  it("that names a key twice is refused, and a merge key is read as kubectl reads it", () => {
    assert.deepEqual(problems(`${head}data: { a: "1", a: "2" }\n`), [
      {
        file: "x.yaml",
        line: 4,
        column: 17,
        message: 'not valid YAML: the key "a" is there twice',
      },
    ]);
    const { documents } = parseYaml("x: &x { a: 1, b: 2 }\ny: { <<: *x, b: 3 }\n", "x.yaml");
    assert.deepEqual((documents[0]?.value as { readonly y: unknown }).y, { a: 1, b: 3 });
    assert.match(problems(`${head}data: { <<: 1 }\n`)[0]?.message ?? "", /<< takes a mapping/);
  });

  for (const text of ["a-", "eyJ-", "{{a", "${a", "$(a", "#{a", "__a_", "a://b:", "AKIA"]) {
    it(`does not keep the searches for placeholders and secrets busy with ${text}…`, () => {
      const object = { apiVersion: "v1", kind: "X", metadata: { name: "a" }, x: text.repeat(1e5) };
      // One finding a field at most, however often its text begins what is looked for.
      assert.ok(placeholdersIn(object, false).length <= 1);
      assert.ok(secretsIn(object).length <= 1);
    });
  }

  it("cannot give a file a name outside of its folder, or none at all", () => {
    const identity = { group: "", version: "v1", kind: "X", namespace: "" };
    for (const name of [
      "../../x",
      "..",
      "a/b",
      "a\\b",
      "a\0b",
      "a\nb",
      "\ud800",
      "C:x",
      "~",
      " ",
    ]) {
      const file = manifestFileName({ ...identity, name, namespace: name });
      assert.match(file, /^[a-z0-9.%_~-]+\.yaml$/);
    }
  });
});
