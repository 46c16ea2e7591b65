import assert from "node:assert/strict";
import fc from "fast-check";
import { leftOut } from "../../core/flux/ignore/left-out.ts";
import { useKube } from "../support/kube.ts";

type Lists = Readonly<Record<string, string>>;

const paths = [
  ...["a.yaml", "b.yaml", "a/a.yaml", "a/b.yaml", "a/b/a.yaml", "a/b/c/a.yaml", "b/a.yaml"],
  ...[
    "b/a/b.yaml",
    "a b/ab.yaml",
    "ab/a.yaml",
    "a/.hidden.yaml",
    "[a]/x.yaml",
    "#a.yaml",
    "!a.yaml",
  ],
  ...[".github/w.yaml", "a/.github/w.yaml", "a/.git/x.yaml", ".circleci/c.yml", ".travis.yml"],
  ...["a/.travis.yml", "cloudbuild.yaml", "a/.sops.yaml", ".flux.yaml", "a/.goreleaser.yml"],
  ...["a.jpg/x.yaml", "A.yaml", "é.yaml", "-.yaml", "a/b/c/d/e/f.yaml"],
];

const table: Readonly<Record<string, Lists>> = {
  nothing: {},
  "a list of comments alone": { ".sourceignore": "# a.yaml\n\n   \n" },
  "a comment behind a blank": { ".sourceignore": " # a.yaml\n" },
  "all but one folder": { ".sourceignore": "/*\n!/a\n" },
  "all but one folder below": { ".sourceignore": "/*\n!/a/b\n" },
  "a folder": { ".sourceignore": "a/\n" },
  "a folder at the root": { ".sourceignore": "/a/\n" },
  "a file taken back": { ".sourceignore": "a/\n!a/b.yaml\n" },
  "a file taken back by name": { ".sourceignore": "a/\n!b.yaml\n" },
  "a list in a folder": { "a/.sourceignore": "/b.yaml\n" },
  "a list in a folder against one above": {
    ".sourceignore": "*.yaml\n",
    "a/.sourceignore": "!b.yaml\n",
  },
  "a list elsewhere that takes the usual ones back": { "b/.sourceignore": "nothing\n" },
  "stars between": { ".sourceignore": "a/**/a.yaml\n" },
  "stars before": { ".sourceignore": "**/b/a.yaml\n" },
  "stars behind": { ".sourceignore": "a/**\n" },
  "stars in a name": { ".sourceignore": "a/b**\n" },
  "stars alone": { ".sourceignore": "**\n" },
  "a star": { ".sourceignore": "*\n" },
  "a slash": { ".sourceignore": "/\n" },
  "an exclamation mark": { ".sourceignore": "!\n" },
  escapes: { ".sourceignore": "\\#a.yaml\n\\!a.yaml\n" },
  classes: { ".sourceignore": "[ab].yaml\n[^a-y].yaml\n" },
  "a class that does not end": { ".sourceignore": "[a\n[a]/x.yaml\n\\\n" },
  "blanks behind": { ".sourceignore": "a.yaml   \nb.yaml\t\n" },
  "an escaped blank": { ".sourceignore": "a\\ b\n" },
  CRLF: { ".sourceignore": "a.yaml\r\nb.yaml\r\n" },
  "a line that is too long": { ".sourceignore": `a.yaml\n#${"x".repeat(65_535)}\nb.yaml\n` },
  "a line that is just not": { ".sourceignore": `a.yaml\n#${"x".repeat(65_534)}\nb.yaml\n` },
  "one that is too long at its end": { ".sourceignore": `a.yaml\n${"b".repeat(65_536)}` },
  "a byte order mark": { ".sourceignore": "\ufeffa.yaml\n" },
  "folders of the usual list taken back": { ".sourceignore": "!.github/\n" },
};

describe("files that Flux leaves out of what it builds", function () {
  this.timeout(120_000);
  const kube = useKube();

  for (const [what, lists] of Object.entries(table)) {
    it(`are those of its own build: ${what}`, () => same(lists));
    it(`are those of its own build, with spec.ignore of the source: ${what}`, () =>
      same(lists, "b/\n!b/a.yaml\n"));
  }

  it("are the usual ones with a spec.ignore of nothing", () => same({}, "# nothing\n"));

  it("are those of its own build, of whatever patterns", async () => {
    const piece = fc.constantFrom(
      ...[
        "a",
        "b",
        "c",
        "*",
        "**",
        "/",
        "/",
        ".yaml",
        "?",
        "[ab]",
        "[^a]",
        "!",
        "\\",
        " ",
        "#",
        "[",
      ],
    );
    const line = fc.array(piece, { minLength: 1, maxLength: 6 }).map((all) => all.join(""));
    const text = fc.array(line, { maxLength: 4 }).map((lines) => `${lines.join("\n")}\n`);
    const lists = fc.record(
      { ".sourceignore": text, "a/.sourceignore": text, "a/b/.sourceignore": text },
      { requiredKeys: [] },
    );
    await fc.assert(fc.asyncProperty(lists, fc.option(text, { nil: undefined }), same), {
      numRuns: 80,
      seed: 14,
    });
  });

  it("have an end: no pattern takes long, and too many are refused", () => {
    const hostile = `${"*a".repeat(500)}b`;
    const isLeftOut = leftOut([[".sourceignore", `${hostile}\n${" ".repeat(60_000)}x\n`]]);
    assert.equal(isLeftOut("a".repeat(1_000)), false);
    assert.throws(() => leftOut([[".sourceignore", "a\n".repeat(3_000)]]), RangeError);
  });

  async function same(lists: Lists, ignore?: string): Promise<void> {
    const objects = paths.map((path, index) => [
      path,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: n${index} }\n`,
    ]);
    const built = await kube().build({
      ...{ files: { ...Object.fromEntries(objects), ...lists }, path: "./", origins: false },
      ...(ignore === undefined ? {} : { ignore }),
    });
    const names =
      built.kind === "built" ? built.objects.map(({ object }) => object.metadata.name) : [];
    assert.ok(built.kind === "built" || built.kind === "failed", JSON.stringify(built));
    const isLeftOut = leftOut(Object.entries(lists), ignore);
    const seen = paths.filter((path) => !isLeftOut(path));
    const found = names.map((name) => paths[Number(name.slice(1))] ?? "");
    assert.deepEqual(
      seen.sort(),
      found.sort(),
      JSON.stringify({ lists, ignore, built }).slice(0, 500),
    );
  }
});
