import assert from "node:assert/strict";
import { followTrees } from "../../connector/follow-trees.ts";
import { isUnder, liesIn } from "../../core/flux/folder.ts";
import type { FileChange } from "../../core/azure-devops/types.ts";

type Files = Readonly<Record<string, string>>;

/** A service that lists these commits and tells these differences; and what it was asked. */
function service(
  commits: Readonly<Record<string, Files>>,
  changes: readonly FileChange[] | Error,
  { holds = isUnder, isSure = false } = {},
) {
  const asked: string[] = [];
  const read = followTrees(
    (commit, folder) => {
      asked.push(`list ${commit}:${folder}`);
      const files = Object.entries(commits[commit] ?? {}).map(([path, blob]) => ({ path, blob }));
      return Promise.resolve({ files: files.filter(({ path }) => holds(path, folder)), isSure });
    },
    (base, target) => {
      asked.push(`differ ${base}..${target}`);
      if (changes instanceof Error) return Promise.reject(changes);
      return Promise.resolve(new Map(changes.map((one) => [one.path, one])));
    },
    holds,
  );
  const shown = async (commit: string, folder = "dev") =>
    (await read(commit, folder)).map(({ path, blob }) => `${path} ${blob}`).sort();
  return { shown, asked };
}

const before = { "dev/a": "1", "dev/b": "1", "dev/old": "1", "other/c": "1" };
const after = { "dev/a": "2", "dev/new": "1", "dev/d": "1", "other/c": "2" };
const changes: readonly FileChange[] = [
  { path: "dev/a", changeType: "edit", blob: "2", originalBlob: "1" },
  { path: "dev/b", changeType: "delete", originalBlob: "1" },
  { path: "dev/new", changeType: "rename", blob: "1", originalPath: "dev/old" },
  { path: "dev/d", changeType: "add", blob: "1" },
  { path: "other/c", changeType: "edit", blob: "2", originalBlob: "1" },
];
const expected = ["dev/a 2", "dev/d 1", "dev/new 1"];

describe("listings that follow from what differs", () => {
  it("are those of the commit, without listing it", async () => {
    const { shown, asked } = service({ x: before, y: after }, changes);
    await shown("x");
    assert.deepEqual(await shown("y"), expected);
    assert.deepEqual(asked, ["list x:dev", "differ x..y"]);
  });

  it("are of the folder's own files alone, where those are asked for", async () => {
    const files = { "dev/sub/a": "1" };
    const more = { path: ".sourceignore", changeType: "add", blob: "3" };
    const { shown, asked } = service({ x: files, y: {} }, [...changes, more], {
      ...{ holds: liesIn, isSure: true },
    });
    assert.deepEqual(await shown("x", ""), []);
    assert.deepEqual(await shown("y", ""), [".sourceignore 3"]);
    await shown("x", "dev");
    assert.deepEqual(await shown("y", "dev"), expected);
    const differ = "differ x..y";
    assert.deepEqual(asked, ["list x:", differ, "list x:dev", differ]);
  });

  it("are asked for again where there was nothing, unless that is sure", async () => {
    const { shown, asked } = service({ y: after }, changes);
    assert.deepEqual(await shown("x"), []);
    assert.deepEqual(await shown("y"), expected);
    assert.deepEqual(asked, ["list x:dev", "list y:dev"]);
  });

  it("are not asked for again", async () => {
    const { shown, asked } = service({ x: before }, changes);
    await shown("x");
    await shown("x");
    assert.equal(asked.length, 1);
  });

  for (const [what, odd] of [
    ["that nothing differs", []],
    ["no blob", [{ path: "dev/a", changeType: "edit" }]],
    ["nothing", new Error("no answer")],
  ] as const) {
    it(`are asked for where the service says ${what}`, async () => {
      const { shown, asked } = service({ x: before, y: after }, odd);
      await shown("x");
      assert.deepEqual(await shown("y"), expected);
      assert.equal(asked.at(-1), "list y:dev");
    });
  }
});
