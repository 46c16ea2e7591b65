import assert from "node:assert/strict";
import { changedByIndex, changedWithoutIndex } from "../../../core/gate/changed-files.ts";
import type { ChangedFile } from "../../../core/gate/gate-input.ts";
import type { OwnershipIndex } from "../../../core/render/ownership-index.ts";

const identity = (name: string) => ({
  ...{ group: "apps", version: "v1", kind: "Deployment", namespace: "shop", name },
});

/** An index of files by content: `api: "1"` is `api/api.yaml` with that sha256. */
function index(files: Readonly<Record<string, string>>): OwnershipIndex {
  return {
    ...{ apiVersion: "fluxgate.dev/v1", kind: "OwnershipIndex" },
    ...{ delivery: "shop", environment: "dev" },
    files: Object.fromEntries(
      Object.entries(files).map(([app, sha256]) => [
        `${app}/${app}.yaml`,
        { app, sha256, identity: identity(app) },
      ]),
    ),
    provenance: { tools: {}, images: {}, inputsDigest: "" },
  };
}

const short = (files: readonly ChangedFile[]) =>
  files.map(({ path, removed }) => `${removed ? "-" : ""}${path}`);

describe("changedByIndex(): what differs from the baseline", () => {
  const [folder, atX] = ["dev", index({ api: "2", web: "1" })];

  const differing = (...paths: readonly string[]) => new Set(paths);

  it("is what X has otherwise, or has no more", () => {
    const baseline = {
      index: index({ api: "1", web: "1", jobs: "1" }),
      differing: differing("dev/api/api.yaml", "dev/jobs/jobs.yaml", "dev/.fluxgate/shop.json"),
    };
    const files = changedByIndex({ folder, atX, baseline });
    assert.deepEqual(short(files), ["dev/api/api.yaml", "-dev/jobs/jobs.yaml"]);
    assert.deepEqual(files[0]?.identities, [identity("api")]);
  });

  it("is everything without a baseline", () => {
    assert.deepEqual(short(changedByIndex({ folder, atX })), [
      "dev/api/api.yaml",
      "dev/web/web.yaml",
    ]);
  });

  it("is everything where nothing differs: X undid what was never seen healthy", () => {
    const baseline = { index: atX, differing: differing() };
    assert.equal(changedByIndex({ folder, atX, baseline }).length, 2);
  });

  it("is what somebody edited by hand, of which the index knows nothing", () => {
    const baseline = { index: atX, differing: differing("dev/web/web.yaml", "dev/foreign.yaml") };
    assert.deepEqual(short(changedByIndex({ folder, atX, baseline })), ["dev/web/web.yaml"]);
  });

  it("is only what went away, where only that differs", () => {
    const baseline = {
      index: index({ api: "2", web: "1", jobs: "1" }),
      differing: differing("dev/jobs/jobs.yaml"),
    };
    assert.deepEqual(short(changedByIndex({ folder, atX, baseline })), ["-dev/jobs/jobs.yaml"]);
  });

  it("lies in the root where the environment's folder is the root", () => {
    const [first] = changedByIndex({ folder: "", atX });
    assert.equal(first?.path, "api/api.yaml");
  });
});

describe("changedWithoutIndex(): what X changed against its parent", () => {
  const read = (path: string, text: string | undefined) =>
    changedWithoutIndex([{ path, removed: false, text }])[0];
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
`;

  it("holds the objects of every document", () => {
    const file = read("dev/all.yaml", `${deployment}---\n${deployment.replace("api,", "web,")}`);
    assert.deepEqual(file?.identities, [identity("api"), identity("web")]);
    assert.equal(file?.unreadable, undefined);
  });

  it("takes a removed file as it was before", () => {
    const [file] = changedWithoutIndex([{ path: "a.yaml", removed: true, text: deployment }]);
    assert.deepEqual([file?.removed, file?.identities], [true, [identity("api")]]);
  });

  it("says which removed objects told Flux not to delete them", () => {
    const off = deployment.replace(/metadata: ?\{?/, (start) =>
      start.endsWith("{")
        ? `${start} annotations: { kustomize.toolkit.fluxcd.io/prune: disabled },`
        : `${start}\n  annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }`,
    );
    assert.notEqual(off, deployment);
    const keeping = (text: string, removed = true) =>
      changedWithoutIndex([{ path: "a.yaml", removed, text }])[0]?.keeping?.length;
    assert.deepEqual(
      [keeping(off), keeping(deployment), keeping(off, false)],
      [1, undefined, undefined],
    );
  });

  it("says which objects left a file that holds others still, and which of them are kept", () => {
    const off = "annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }";
    const map = (name: string, more = "") =>
      `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop, ${more} }\n`;
    const changed = (text: string, original: string) => {
      const [file] = changedWithoutIndex([{ path: "a.yaml", removed: false, text, original }]);
      return [file?.left?.map(({ name }) => name), file?.keeping?.map(({ name }) => name)];
    };
    const all = map("a") + map("b", off) + map("c");
    assert.deepEqual(changed(map("a"), all), [["b", "c"], ["b"]]);
    assert.deepEqual(changed(all, map("a")), [undefined, undefined]);
    assert.deepEqual(changed(map("a", off), map("a")), [undefined, undefined]);
    assert.deepEqual(changed("a: [", all), [undefined, undefined]);
  });

  for (const path of [
    "dev/README.md",
    "dev/kustomization.yaml",
    "dev/Kustomization.yml",
    "dev/.fluxgate/a.json",
  ]) {
    it(`looks for no objects in ${path}`, () => {
      assert.deepEqual(read(path, "# x"), { path, removed: false, identities: [] });
    });
  }

  it("says of a file that it cannot be read", () => {
    assert.equal(read("dev/a.yaml", undefined)?.unreadable, "it could not be read");
    assert.ok(read("dev/a.yaml", "a: [")?.unreadable);
    assert.ok(read("dev/patch.yaml", "- op: remove\n  path: /spec\n")?.unreadable);
  });
});
