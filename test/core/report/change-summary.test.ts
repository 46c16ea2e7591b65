import assert from "node:assert/strict";
import { changeSummary } from "../../../core/report/change-summary.ts";
import { diffManifests } from "../../../core/diff/diff-manifests.ts";
import type { OwnershipIndex } from "../../../core/render/ownership-index.ts";

type Side = {
  /** Path → text. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the CI listed. */
  readonly images?: Readonly<Record<string, string>>;
};

function index({ files = {}, images = {} }: Side): OwnershipIndex {
  const entries = Object.keys(files).map((path) => [
    path,
    { app: path.split("/")[0] ?? "", sha256: "" },
  ]);
  return {
    apiVersion: "fluxgate.dev/v1",
    kind: "OwnershipIndex",
    delivery: "shop",
    environment: "dev",
    files: Object.fromEntries(entries) as OwnershipIndex["files"],
    provenance: { tools: {}, images, inputsDigest: "" },
  };
}

function between(before: Side | undefined, after: Side) {
  const files = (side: Side | undefined) =>
    Object.entries(side?.files ?? {}).map(([path, text]) => ({ path, text }));
  return changeSummary(diffManifests(files(before), files(after)), {
    before: before === undefined ? undefined : index(before),
    after: index(after),
  });
}

const settings = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: "${value}" }\n`;
const api = (image: string, { replicas = 1, chart = "1" } = {}) =>
  `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, labels: { helm.sh/chart: "${chart}" } }
spec:
  replicas: ${replicas}
  template: { spec: { containers: [{ name: api, image: "${image}" }] } }
`;
const names = (identities: readonly { readonly name: string }[]) =>
  identities.map(({ name }) => name);
const versions = (images: ReturnType<typeof between>["images"]) =>
  images.map(({ name, from, to }) => [name, from, to]);

describe("what a render changes", () => {
  it("is everything added where there was nothing", () => {
    const change = between(undefined, { files: { "api/a": settings("a", "1") } });
    assert.deepEqual(names(change.added), ["a"]);
  });

  it("is counted in objects, not in files", () => {
    const change = between(
      { files: { "api/a": settings("a", "1"), "api/b": settings("b", "1") } },
      { files: { "api/other": settings("a", "2"), "api/c": settings("c", "1") } },
    );
    assert.deepEqual(names(change.added), ["c"]);
    assert.deepEqual(names(change.changed), ["a"]);
    assert.deepEqual(names(change.removed), ["b"]);
  });

  it("does not count an object that only moved to another app", () => {
    const change = between(
      { files: { "api/a": settings("a", "1") } },
      { files: { "web/a": settings("a", "1") } },
    );
    assert.deepEqual([...change.added, ...change.changed, ...change.removed], []);
    assert.deepEqual(change.removedApps, ["api"]);
  });

  it("names images as they stand in the objects, listed by the CI or not", () => {
    const change = between(
      { files: { "api/d": api("r.io/api:1") } },
      { files: { "api/d": api("r.io/api:2") } },
    );
    assert.deepEqual(versions(change.images), [["r.io/api", "1", "2"]]);
  });

  it("does not take an image for changed because the CI lists it for the first time, or no longer", () => {
    const files = { "api/d": api("r.io/api:1") };
    assert.deepEqual(between({ files }, { files, images: { "r.io/api": "1" } }).images, []);
    assert.deepEqual(between({ files, images: { "r.io/api": "1" } }, { files }).images, []);
  });

  it("names a listed image that stands where no container is", () => {
    const release = (tag: string) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: db }\nspec: { values: { tag: "${tag}" } }\n`;
    const change = between(
      { files: { "db/r": release("1") }, images: { "r.io/db": "1" } },
      { files: { "db/r": release("2") }, images: { "r.io/db": "2" } },
    );
    assert.deepEqual(versions(change.images), [["r.io/db", "1", "2"]]);
    assert.deepEqual(change.configured, []);
  });

  it("tells objects that change for another reason from those that only get an image", () => {
    const before = { files: { "api/d": api("r.io/api:1") } };
    const onlyImage = between(before, { files: { "api/d": api("r.io/api:2") } });
    assert.deepEqual([names(onlyImage.changed), names(onlyImage.configured)], [["api"], []]);
    const both = between(before, { files: { "api/d": api("r.io/api:2", { replicas: 3 }) } });
    assert.deepEqual(names(both.configured), ["api"]);
    const label = between(before, { files: { "api/d": api("r.io/api:1", { chart: "2" }) } });
    assert.deepEqual([names(label.changed), names(label.configured)], [["api"], []]);
  });
});
