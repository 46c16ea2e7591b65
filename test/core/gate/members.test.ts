// Details of what belongs to an environment, a wait or a pipeline.
import assert from "node:assert/strict";
import {
  compareBuilds,
  objectsOfFiles,
  type BuiltSide,
} from "../../../core/gate/compare-builds.ts";
import { environmentMembers } from "../../../core/gate/environment-members.ts";
import { matchesPipeline } from "../../../core/gate/pipeline-match.ts";
import { changedWithoutIndex, pathsOfIndex } from "../../../core/gate/changed-files.ts";
import { endedRecords, waitingRecords } from "../../../core/gate/waiting-records.ts";
import type { TimelineRecord } from "../../../core/azure-devops/types.ts";
import { api, helmRelease, kustomization, source } from "./gate-world.ts";

describe("members of an environment", () => {
  const flux = [source(), kustomization(), kustomization({ name: "free", environment: "" })];
  const of = (...assigned: readonly string[]) =>
    environmentMembers([...flux, helmRelease({})], { environment: "dev", assigned }).map(
      ({ name }) => name,
    );

  it("are those with the label, and those that any entry assigns", () => {
    assert.deepEqual(of(), ["shop-dev"]);
    assert.deepEqual(of("Kustomization/x/y", "Kustomization/flux-system/free"), [
      "shop-dev",
      "free",
    ]);
    assert.deepEqual(of("HelmRelease/shop/api"), ["shop-dev", "api"]);
  });

  it("are never what applies nothing", () => {
    assert.deepEqual(of("GitRepository/flux-system/manifests"), ["shop-dev"]);
  });
});

describe("a pipeline by its folder", () => {
  const build = {
    definition: { id: 3, name: "cd/shop", path: "\\cd\\Shop" },
    project: { id: "p", name: "shop" },
  };
  for (const [match, then] of [
    ["/cd", true],
    ["\\CD\\shop\\", true],
    ["//cd//shop", true],
    ["/", true],
    ["/cd/other", false],
    ["/shop", false],
    ["cd/shop", true],
    ["cd", false],
    [{ project: "shop", folder: "/cd" }, true],
    [{ project: "shop", folder: "/ci" }, false],
  ] as const) {
    it(`${JSON.stringify(match)}: ${then}`, () => {
      assert.equal(matchesPipeline(match, build), then);
    });
  }

  it("is none of a pipeline without one", () => {
    const { path, ...definition } = build.definition;
    assert.ok(path);
    assert.ok(!matchesPipeline("/", { ...build, definition }));
  });
});

describe("files without an index", () => {
  const text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api, namespace: shop }\n";
  const found = (path: string) =>
    changedWithoutIndex([{ path, removed: false, text }])[0]?.identities.length;

  for (const [path, then] of [
    ["a.yml", 1],
    ["a.YAML", 1],
    ["a.json", 1],
    ["a.yaml.bak", 0],
    ["kustomization.yml", 0],
    ["kustomization.yaml", 0],
    ["my-kustomization.yaml", 1],
    ["kustomization.yaml.json", 1],
    [".fluxgate/a.yaml", 0],
    ["x.fluxgate/a.yaml", 1],
  ] as const) {
    it(`${path} holds ${then === 0 ? "nothing that Flux applies" : "objects"}`, () => {
      assert.equal(found(path), then);
    });
  }

  it("are those of an index by their paths in the repository", () => {
    const file = { sha256: "", identity: api };
    const index = { files: { "api/a.yaml": file } } as unknown as Parameters<
      typeof pathsOfIndex
    >[1];
    assert.deepEqual(pathsOfIndex("dev", index), ["dev/api/a.yaml"]);
  });
});

describe("two builds", () => {
  const built = (hasUnknownValues: boolean): BuiltSide => ({
    ...{ kind: "built", objects: [{ identity: api, digest: "1" }], read: [], hasUnknownValues },
  });
  const unknown = { kind: "unknown", why: "no module" } as const;

  it("hold unknown values where either does", () => {
    for (const [before, after] of [
      [false, false],
      [true, false],
      [false, true],
    ] as const) {
      const change = compareBuilds(built(before), built(after));
      assert.ok(change.kind === "built");
      assert.equal(change.hasUnknownValues, before || after);
    }
  });

  it("tell nothing where one could not be had, and say which", () => {
    assert.deepEqual(compareBuilds(built(false), unknown), unknown);
    assert.deepEqual(compareBuilds(unknown, built(false)), {
      ...{ kind: "unknown", why: "what was there before: no module" },
    });
    const of = { files: new Set<string>(), isList: () => false };
    assert.deepEqual(objectsOfFiles(unknown, of), unknown);
  });

  it("name no object that came of no file", () => {
    const of = { files: new Set(["a.yaml"]), isList: () => false };
    assert.deepEqual(objectsOfFiles(built(false), of), {
      ...{ kind: "built", changed: [], removed: [], hasUnknownValues: false },
    });
  });
});

describe("tasks that wait", () => {
  const job = { id: "j", type: "Job", name: "j", state: "inProgress" } as const;
  const wait = (more: Partial<TimelineRecord>): TimelineRecord => ({
    ...{ id: "w", parentId: "j", type: "Task", name: "w", state: "pending" },
    task: { id: "A", name: "W" },
    ...more,
  });
  const names = (...records: readonly TimelineRecord[]) =>
    waitingRecords({ id: "t", records: [job, ...records] }, ["a", "b"]).map(
      ({ record }) => record.id,
    );

  it("are tasks of one of the ids, in a job", () => {
    assert.deepEqual(names(wait({}), wait({ id: "v", task: { id: "B", name: "W" } })), ["w", "v"]);
    assert.deepEqual(names(wait({ type: "Checkpoint" })), []);
    assert.deepEqual(names(wait({ task: null })), []);
    const phase = { ...job, id: "p", type: "Phase" };
    assert.deepEqual(names(phase, wait({ parentId: "p" })), []);
    assert.deepEqual(endedRecords({ id: "t", records: [job, wait({})] }, ["a"]), []);
  });
});
