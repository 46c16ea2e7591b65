// What .sourceignore leaves out. (test/kube/left-out.test.ts holds the same against Flux' own code.)
import assert from "node:assert/strict";
import { isIgnoreFile, leftOut } from "../../../core/flux/ignore/left-out.ts";

const paths = [
  ...["a.yaml", "b.yaml", "a/a.yaml", "a/b.yaml", "a/b/a.yaml", "a/b/c/a.yaml"],
  ...["b/a.yaml", "a b/x.yaml", "[a]/x.yaml", ".github/w.yaml", "x.jpg"],
];
const out = (lists: Readonly<Record<string, string>>, ignore?: string) =>
  paths.filter(leftOut(Object.entries(lists), ignore)).join(" ");
const all = paths.join(" ");
const named = "a.yaml a/a.yaml a/b/a.yaml a/b/c/a.yaml b/a.yaml";
const inA = "a/a.yaml a/b.yaml a/b/a.yaml a/b/c/a.yaml";

const rows: readonly (readonly [list: string, then: string])[] = [
  ["a.yaml", named],
  ["/a.yaml", "a.yaml"],
  ["a/", inA],
  ["/a/", inA],
  ["a/b", "a/b/a.yaml a/b/c/a.yaml"],
  ["b/", "a/b/a.yaml a/b/c/a.yaml b/a.yaml"],
  ["a.yaml/", ""],
  ["/a.yaml/", ""],
  ["a/\n!a/b.yaml", "a/a.yaml a/b/a.yaml a/b/c/a.yaml"],
  ["!a.yaml\na.yaml", named],
  ["a/**/a.yaml", "a/a.yaml a/b/a.yaml a/b/c/a.yaml"],
  ["**/b/a.yaml", "a/b/a.yaml b/a.yaml"],
  ["a/**", inA],
  ["**/c/**", "a/b/c/a.yaml"],
  ["a/b**", ""],
  ["*", all],
  ["/*\n!/a", paths.filter((path) => !path.startsWith("a/")).join(" ")],
  ["?.jpg", "x.jpg"],
  ["[xy].jpg", "x.jpg"],
  ["[a-w].jpg", ""],
  ["[^a-w].jpg", "x.jpg"],
  ["[^x].jpg", ""],
  ["[x-].jpg", ""],
  ["[x", ""],
  ["[]", ""],
  ["\\[a]", "[a]/x.yaml"],
  ["[\\x].jpg", "x.jpg"],
  ["\\y.jpg", ""],
  ["[^].jpg", ""],
  ["[y-z].jpg", ""],
  ["[-x].jpg", ""],
  ["[a-\\z].jpg", "x.jpg"],
  ["[w-", ""],
  ["[^^].jpg", "x.jpg"],
  ["*.jpg*", "x.jpg"],
  ["*.jp", ""],
  ["x.jpg\\", ""],
  ["*.j*g", "x.jpg"],
  ["*b*", "b.yaml a/b.yaml a/b/a.yaml a/b/c/a.yaml b/a.yaml a b/x.yaml .github/w.yaml"],
  ["x.jpg   ", "x.jpg"],
  ["a\\ b", "a b/x.yaml"],
  ["x.jpg\r\n\n  \n", "x.jpg"],
  [`x.jpg\n#${"y".repeat(65_535)}\na.yaml`, "x.jpg"],
];

describe("leftOut()", () => {
  for (const [list, then] of rows) {
    it(`${JSON.stringify(list.slice(0, 30))}: ${then || "nothing"}`, () => {
      assert.equal(out({ ".sourceignore": list }), then);
    });
  }

  it("is the usual list where there is no other", () => {
    assert.equal(out({}), ".github/w.yaml x.jpg");
    assert.equal(out({ ".sourceignore": "# nothing\n" }), ".github/w.yaml x.jpg");
    assert.equal(out({ "b/.sourceignore": "nothing\n" }), "");
  });

  it("is what belongs to version control, whatever a list says", () => {
    const isOut = leftOut([[".sourceignore", "nothing"]]);
    assert.deepEqual(["a/.git/x", ".gitignore", "a/.gitmodules", "git/x"].map(isOut), [
      ...[true, true, true, false],
    ]);
  });

  it("reads lists from the root inwards, and the source's own last", () => {
    const lists = { "a/.sourceignore": "!b.yaml", ".sourceignore": "*.yaml" };
    const yaml = paths.filter((path) => path.endsWith(".yaml") && path !== "a/b.yaml");
    assert.equal(out(lists), yaml.join(" "));
  });

  it("holds a folder's list against what lies below it alone, from there", () => {
    const below = "a/a.yaml a/b/a.yaml a/b/c/a.yaml";
    assert.equal(out({ "a/.sourceignore": "a.yaml" }), below);
    assert.equal(out({ "a/.sourceignore": "/a.yaml" }), "a/a.yaml");
    assert.equal(out({ "a/b/.sourceignore": "/a.yaml" }), "a/b/a.yaml");
  });

  it("takes a carriage return within a line for a letter, and blanks for no pattern", () => {
    assert.equal(out({ ".sourceignore": "x\r.jpg" }), "");
    assert.equal(out({ ".sourceignore": "   " }), ".github/w.yaml x.jpg");
  });

  it("takes the source's own list", () => {
    assert.equal(out({ ".sourceignore": "a.yaml" }, "!/b/a.yaml"), named.replace(" b/a.yaml", ""));
    assert.equal(out({}, "/a.yaml"), "a.yaml");
  });

  it("refuses more patterns than can be held against files", () => {
    assert.throws(() => leftOut([[".sourceignore", "x\n".repeat(2_001)]]), RangeError);
    assert.ok(leftOut([[".sourceignore", "x\n".repeat(2_000)]]));
  });

  it("knows lists by their name", () => {
    assert.ok(isIgnoreFile(".sourceignore"));
    assert.ok(isIgnoreFile("a/.sourceignore"));
    assert.ok(!isIgnoreFile("a.sourceignore"));
  });
});
