import assert from "node:assert/strict";
import type { Build, WantedBuild } from "../../core/diff/tree/builds.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";
import { buildSides } from "../../kube/build-sides.ts";

type Texts = Readonly<Record<string, string>>;
const before: Texts = {
  "prod/kustomization.yaml": "resources: [api]\n",
  "prod/api/kustomization.yaml": "resources: [a.yaml]\n",
  "prod/api/a.yaml": "a: 1\n",
  "prod/api/other/unread.yaml": "b: 1\n",
  "docs/readme.md": "read me",
};
const read = ["prod/kustomization.yaml", "prod/api/kustomization.yaml", "prod/api/a.yaml"];
const filesOf = (texts: Texts): readonly SideFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, text }));
const without = (path: string): Texts =>
  Object.fromEntries(Object.entries(before).filter(([one]) => one !== path));

/** How often the door is asked for the same build of both sides. */
async function builtFor(
  after: Texts,
  of: { read?: string[]; ask?: string; old?: readonly SideFile[] } = {},
): Promise<number> {
  const answer: Build = {
    ...{ kind: "built", objects: [], read: of.read ?? read, unknownVariables: [] },
  };
  let asked = 0;
  const build = () => {
    asked += 1;
    return Promise.resolve(answer);
  };
  const wanted = (side: "before" | "after", path: string): WantedBuild => ({
    ...{ key: side, side, ask: { path }, files: read },
  });
  const { builds } = await buildSides(
    { build },
    {
      wanted: [wanted("before", "prod"), wanted("after", of.ask ?? "prod")],
      sides: { before: of.old ?? filesOf(before), after: filesOf(after) },
    },
  );
  assert.deepEqual([...builds.keys()], ["before", "after"]);
  return asked;
}

describe("a build that both sides ask for", () => {
  for (const [what, after] of [
    ["nothing changed", before],
    ["only a file that it does not read changed", { ...before, "prod/api/other/unread.yaml": "" }],
    ["a file came elsewhere", { ...before, "docs/more.yaml": "c: 1" }],
    ["a file went elsewhere", without("docs/readme.md")],
  ] as const) {
    it(`is made once where ${what}`, async () => assert.equal(await builtFor(after), 1));
  }

  for (const [what, after] of [
    ["a file that it reads changed", { ...before, "prod/api/a.yaml": "a: 2\n" }],
    ["a file came beside one that it reads", { ...before, "prod/api/kustomization.yml": "" }],
    ["a file came below a folder that it reads", { ...before, "prod/api/x/y/z.yaml": "" }],
    ["a file below such a folder went", without("prod/api/other/unread.yaml")],
    ["a list of files to leave out came", { ...before, ".sourceignore": "a.yaml" }],
  ] as const) {
    it(`is made for each side where ${what}`, async () => assert.equal(await builtFor(after), 2));
  }

  it("is made for each side where a file comes in the place of a submodule", async () => {
    const path = "prod/api/part";
    const part: SideFile = { path, kind: "submodule", id: "1" };
    const old = [...filesOf(before), part];
    assert.equal(await builtFor({ ...before, [path]: "a: 1" }, { old }), 2);
  });

  it("is made for each side where these ask for different builds", async () =>
    assert.equal(await builtFor(before, { ask: "prod/api" }), 2));

  it("is made for each side where nobody knows what it read", async () =>
    assert.equal(await builtFor(before, { read: [] }), 2));
});
