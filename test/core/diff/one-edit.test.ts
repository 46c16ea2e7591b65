// How one edit is shown, and which image outside of containers it changes.
import assert from "node:assert/strict";
import { editView } from "../../../core/diff/edit-view.ts";
import type { Edit } from "../../../core/diff/edits.ts";
import { diffOf } from "./manifests.ts";
import { release, spec } from "./pair.ts";

const view = (edit: Edit) => editView(edit).body;
const changed = (before: unknown, after: unknown) =>
  view({ kind: "changed", path: ["a"], before, after });
const long = "x".repeat(121);
const lines = (body: ReturnType<typeof view>) =>
  body.form === "lines" ? body.lines.map(({ sign, text }) => `${sign}${text}`) : [];

describe("one edit", () => {
  for (const [what, before, after, old, next] of [
    ["numbers", 1, 2, "1", "2"],
    ["texts", "a", "b", "a", "b"],
    ["a number in place of a text that looks like it", "1", 1, '"1"', "1"],
    ["an empty text", "", "a", '""', "a"],
    ["a text with a blank at its end", "a", "a ", '"a"', '"a "'],
    ["a Cyrillic letter", "a", "а", '"a"', '"\\u0430"'],
    ["a letter that nobody sees", "a", "b\u200b", "a", '"b\\u200b"'],
    ["a switch", true, false, "true", "false"],
    ["nothing", null, "a", "null", "a"],
  ] as const) {
    it(`is one line for ${what}`, () => {
      assert.deepEqual(changed(before, after), { form: "inline", before: old, after: next });
    });
  }

  it("is one line with one side where it comes or goes", () => {
    const [came, went] = [
      view({ kind: "added", path: ["a"], after: "x" }),
      view({ kind: "removed", path: ["a"], before: "x" }),
    ];
    assert.deepEqual(came, { form: "inline", before: undefined, after: "x" });
    assert.deepEqual(went, { form: "inline", before: "x", after: undefined });
  });

  it("is lines where it is long, a mapping, or of several lines", () => {
    assert.deepEqual(lines(changed(long, "b")), [`-${long}`, "+b"]);
    assert.deepEqual(lines(changed({ a: 1, b: 1 }, { a: 1, b: 2 })), [" a: 1", "-b: 1", "+b: 2"]);
    assert.deepEqual(lines(changed("a\nb\n", "a\nc\n")), [" a", "-b", "+c"]);
  });

  it("says which of two texts ends without a line break", () => {
    const end = "… no line break at the end";
    assert.deepEqual(lines(changed("a\nb\n", "a\nb")).at(-1), `+${end}`);
    assert.deepEqual(lines(changed("a\nb", "a\nb\n")).at(-1), `-${end}`);
    assert.ok(!lines(changed("a\nb\n", "")).some((line) => line.includes(end)));
    assert.ok(!lines(changed("", "a\nb\n")).some((line) => line.includes(end)));
    assert.ok(!lines(changed({ a: 1, b: 1 }, "a\nb\n")).some((line) => line.includes(end)));
  });

  it("is another order, however short", () => {
    const body = view({ kind: "reordered", path: ["a"], before: ["a", "b"], after: ["b", "a"] });
    assert.ok(body.form === "lines");
    assert.equal(body.note, "other order");
  });
});

const farm = spec("example.com/v1", "Farm");
const digest = `sha256:${"a".repeat(64)}`;
const images = ([before, after]: ReturnType<typeof farm>) =>
  diffOf([before].flat(), [after].flat()).images.map(
    ({ name, from = "-", to = "-", renamedFrom }) =>
      `${renamedFrom === undefined ? "" : `${renamedFrom} → `}${name} ${from} → ${to}`,
  );
const values = (before: object, after: object) =>
  release({ values: { image: before } }, { values: { image: after } });

describe("an image outside of containers", () => {
  for (const [what, sides, ...said] of [
    ["by its field", farm({ image: "r/a:1" }, { image: "r/a:2" }), "r/a 1 → 2"],
    ["by a field of its name", farm({ imageName: "r/a:1" }, { imageName: "r/a:2" }), "r/a 1 → 2"],
    ["by a field that ends so", farm({ initImage: "r/a:1" }, { initImage: "r/a:2" }), "r/a 1 → 2"],
    [
      "by a field of a part",
      farm({ imageCacheName: "r/a:1" }, { imageCacheName: "r/a:2" }),
      "r/a 1 → 2",
    ],
    ["by a base", farm({ baseImage: "r/a:1" }, { baseImage: "q/a:1" }), "r/a → q/a 1 → 1"],
    ["but no text with blanks", farm({ image: "two words" }, { image: "three more words" })],
    ["but no field that only sounds so", farm({ imagery: "r/a:1" }, { imagery: "r/a:2" })],
    ["but no number", farm({ image: 1 }, { image: 2 })],
    [
      "by a tag",
      values({ repository: "r/a", tag: "1" }, { repository: "r/a", tag: "2" }),
      "r/a 1 → 2",
    ],
    [
      "by a tag that is a number",
      values({ repository: "r/a", tag: 1 }, { repository: "r/a", tag: 2 }),
      "r/a 1 → 2",
    ],
    ["by a tag beside a name", values({ name: "a", tag: "1" }, { name: "a", tag: "2" }), "a 1 → 2"],
    [
      "by a tag of a registry",
      values(
        { registry: "r", repository: "a", tag: "1" },
        { registry: "r", repository: "a", tag: "2" },
      ),
      "r/a 1 → 2",
    ],
    [
      "by a digest",
      values(
        { repository: "r/a", digest },
        { repository: "r/a", digest: digest.replaceAll("a", "b") },
      ),
      `r/a @${digest} → @${digest.replaceAll("a", "b")}`,
    ],
    ["but no tag beside nothing", values({ tag: "1" }, { tag: "2" })],
    [
      "but no tag beside what is no name",
      values({ repository: "$(A)", tag: "1" }, { repository: "$(A)", tag: "2" }),
    ],
    [
      "but no tag that is a list",
      values({ repository: "r/a", tag: ["1"] }, { repository: "r/a", tag: ["2"] }),
    ],
    [
      "by a tag in a list",
      farm({ all: [{ name: "r/a", tag: "1" }] }, { all: [{ name: "r/a", tag: "2" }] }),
      "r/a 1 → 2",
    ],
  ] as const) {
    it(`is told ${what}`, () => assert.deepEqual(images(sides), said));
  }
});
