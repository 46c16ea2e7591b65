import assert from "node:assert/strict";
import type { WantedBuild } from "../../core/diff/tree/builds.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";
import { type BothSides, buildSides } from "../../kube/build-sides.ts";
import type { BuildRequest, BuildResult } from "../../kube/build.ts";
import { useKube } from "../support/kube.ts";

const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n";
const texts: Readonly<Record<string, string>> = {
  "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: p-\n",
  "base/kustomization.yaml": "resources: [a.yaml]\npatches: [{ path: patch.yaml }]\n",
  "base/a.yaml": settings,
  "base/patch.yaml": `${settings}data: { a: b }\n`,
};
const named: readonly SideFile[] = Object.keys(texts).map((path) => ({ path, id: path }));
const wanted = (key: string, files: readonly string[] = []): WantedBuild => ({
  ...{ key, side: "after", ask: { path: "prod" }, files },
});
/** Reads what it is asked for; `asked` are the rounds. */
function reader(asked: string[][], known = texts) {
  return (sides: BothSides, paths: readonly string[]): Promise<BothSides> => {
    asked.push([...paths]);
    const after = sides.after.map((file) => {
      const text = known[file.path];
      return paths.includes(file.path) && text !== undefined ? { ...file, text } : file;
    });
    return Promise.resolve({ ...sides, after });
  };
}
const answering = (...answers: readonly BuildResult[]) => {
  const requests: BuildRequest[] = [];
  const build = (request: BuildRequest) => {
    requests.push(request);
    return Promise.resolve(answers[requests.length - 1] ?? answers[0] ?? assert.fail());
  };
  return { build, requests };
};
const built: BuildResult = { kind: "built", objects: [], read: [], unknownVariables: [] };

describe("the builds of a comparison", function () {
  this.timeout(120_000);

  describe("by the real module", () => {
    const kube = useKube();
    it("read just the files that they turn out to need", async () => {
      const asked: string[][] = [];
      const files = [...named, { path: "other/huge.yaml", id: "x" }];
      const { builds } = await buildSides(kube(), {
        wanted: [wanted("one", ["prod/kustomization.yaml"])],
        sides: { before: [], after: files },
        readMore: reader(asked),
      });
      const build = builds.get("one");
      assert.equal(build?.kind, "built", JSON.stringify(build));
      const objects = build?.kind === "built" ? build.objects : [];
      assert.deepEqual(
        objects.map(({ object, file }) => [object.metadata.name, object["data"], file]),
        [["p-settings", { a: "b" }, "base/a.yaml"]],
      );
      assert.ok(asked.length > 1 && !asked.flat().includes("other/huge.yaml"), String(asked));
    });
  });

  it("are asked with the files beside those that they need, with all where that is not enough", async () => {
    const far = ["far/a.yaml", "far/.sourceignore", "b.yaml"];
    const after = [...Object.keys(texts), ...far].map((path) => ({
      path,
      text: texts[path] ?? "",
    }));
    const ask = wanted("one", ["prod/kustomization.yaml", "base/a.yaml"]);
    const failed: BuildResult = { kind: "failed", reason: "BuildFailed", message: "no", read: [] };
    const found = async (...answers: readonly BuildResult[]) => {
      const door = answering(...answers);
      const sides = { before: [], after };
      const { builds } = await buildSides(door, { wanted: [ask], sides });
      return {
        build: builds.get("one"),
        given: door.requests.map(({ files }) => Object.keys(files)),
      };
    };
    const near = [...Object.keys(texts), "far/.sourceignore"];
    assert.deepEqual(await found(built), { build: built, given: [near] });
    const all = after.map(({ path }) => path);
    assert.deepEqual(await found(failed, built), { build: built, given: [near, all] });
  });

  it("are not had where a file cannot be read, which is not Flux' refusal", async () => {
    const sides = { before: [], after: [{ path: "a.bin", unread: "this is no UTF-8 text" }] };
    const door = answering({ ...built, read: ["a.bin"] });
    const { builds } = await buildSides(door, { wanted: [wanted("one")], sides });
    assert.deepEqual(builds.get("one"), {
      ...{ kind: "unavailable", why: "a.bin: this is no UTF-8 text" },
    });
  });

  it("are not had where a file does not come", async () => {
    const { builds } = await buildSides(answering(built), {
      wanted: [wanted("one", ["base/a.yaml"])],
      sides: { before: [], after: named },
      readMore: reader([], {}),
    });
    assert.deepEqual(builds.get("one"), { kind: "unavailable", why: "base/a.yaml: was not read" });
  });

  it("are asked no more once there is no module, or one took too long", async () => {
    for (const kind of ["absent", "timeout"] as const) {
      const text = "there is none";
      const door = answering(
        kind === "absent" ? { kind, cause: "not-included", text } : { kind, text },
      );
      const of = { wanted: [wanted("one"), wanted("two")], sides: { before: [], after: [] } };
      const { builds } = await buildSides(door, of);
      assert.equal(door.requests.length, 1);
      for (const key of ["one", "two"]) {
        assert.deepEqual(builds.get(key), { kind: "unavailable", why: text, isForAll: true });
      }
    }
  });

  it("go on after one that crashed", async () => {
    const door = answering({ kind: "crashed", text: "trapped" }, built);
    const of = { wanted: [wanted("one"), wanted("two")], sides: { before: [], after: [] } };
    const { builds } = await buildSides(door, of);
    assert.deepEqual(builds.get("one"), { kind: "unavailable", why: "trapped" });
    assert.equal(builds.get("two")?.kind, "built");
  });
});
