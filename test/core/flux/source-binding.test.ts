import assert from "node:assert/strict";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import { sourceBinding } from "../../../core/flux/source-binding.ts";
import { source } from "../gate/gate-world.ts";

const names = {
  ...{ organisationUrl: "https://dev.azure.com/fabrikam", project: "shop" },
  repository: "manifests",
};
const ids = { ...names, project: "6a1f", repository: "77b2" };
const of = { repository: [names, ids], branch: "main" };

const why = (facts: Parameters<typeof source>[0]) => {
  const binding = sourceBinding(source(facts), of);
  return binding.bound ? "bound" : binding.why;
};

describe("sourceBinding()", () => {
  for (const url of [
    "https://dev.azure.com/fabrikam/shop/_git/manifests",
    "https://fabrikam@dev.azure.com/fabrikam/Shop/_git/Manifests/",
    "https://fabrikam.visualstudio.com/shop/_git/manifests",
    "https://fabrikam.visualstudio.com/DefaultCollection/shop/_git/manifests",
    "ssh://git@ssh.dev.azure.com/v3/fabrikam/shop/manifests",
    "https://dev.azure.com/fabrikam/6a1f/_git/77b2",
  ]) {
    it(`knows the repository as ${url}`, () => assert.equal(why({ url }), "bound"));
  }

  for (const url of [
    "https://dev.azure.com/fabrikam/shop/_git/other",
    "https://dev.azure.com/other/shop/_git/manifests",
    "https://github.com/fabrikam/manifests",
    "nonsense",
  ]) {
    it(`does not take ${url} for it`, () => {
      assert.equal(why({ url }), "is on another repository");
    });
  }

  for (const [ref, then] of [
    [{ branch: "main" }, "bound"],
    [{ name: "refs/heads/main" }, "bound"],
    [{ name: "refs/heads/main", tag: "v1" }, "bound"],
    [{ branch: "main", commit: "abc" }, "is pinned to commit abc"],
    [{ branch: "main", tag: "v1" }, "is on tag v1"],
    [{ tag: "v1", semver: ">=1" }, "is on tags >=1"],
    [{ name: "refs/tags/v1" }, "is on refs/tags/v1"],
    [{ branch: "next" }, "is on branch next"],
    [{}, "is on branch master"],
  ] as const) {
    it(`reads ref ${JSON.stringify(ref)}: ${then}`, () => assert.equal(why({ ref }), then));
  }
});

describe("sourceBinding() of artefacts", () => {
  const bindingOf = (kind: string, annotations?: Readonly<Record<string, string>>) => {
    const object = parseFluxObject({
      ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind },
      metadata: { name: "a", namespace: "flux-system" },
      spec: { url: "oci://r.io/a", sourceRef: { kind: "ArtifactGenerator", name: "split" } },
      status: { artifact: { revision: "latest@sha256:1", metadata: annotations } },
    });
    if (object === undefined) throw new Error(`no ${kind}`);
    const binding = sourceBinding(object, of);
    return binding.bound ? "bound" : binding.why;
  };
  const origin = "org.opencontainers.image";
  const [source, revision] = [`${origin}.source`, `${origin}.revision`];
  const url = "https://dev.azure.com/fabrikam/shop/_git/_optimized/manifests";
  const commit = `main@sha1:${"a".repeat(40)}`;
  for (const [annotations, then] of [
    [{ [source]: url, [revision]: commit }, /^bound$/],
    [{ [source]: url, [revision]: `next@sha1:${"a".repeat(40)}` }, /was made from branch next$/],
    [{ [source]: "https://github.com/a/b", [revision]: commit }, /was made from https:\/\/github/],
    [{ [source]: url, [revision]: "v1.2" }, /does not say which commit it was made from/],
    [{ [revision]: commit }, /does not say which commit it was made from/],
    [undefined, /does not say which commit it was made from/],
  ] as const) {
    it(`takes an origin only whole: ${JSON.stringify(annotations)}`, () => {
      assert.match(bindingOf("OCIRepository", annotations), then);
      assert.match(bindingOf("ExternalArtifact", annotations), then);
    });
  }

  it("names what makes an artefact that says nothing", () => {
    assert.match(bindingOf("ExternalArtifact"), /^is made by ArtifactGenerator split and does not/);
  });

  for (const [kind, api] of [
    ["HelmChart", "source.toolkit.fluxcd.io/v1"],
    ["Kustomization", "kustomize.toolkit.fluxcd.io/v1"],
    ["HelmRelease", "helm.toolkit.fluxcd.io/v2"],
    ["ImageRepository", "image.toolkit.fluxcd.io/v1"],
    ["ImagePolicy", "image.toolkit.fluxcd.io/v1"],
    ["ImageUpdateAutomation", "image.toolkit.fluxcd.io/v1"],
  ] as const) {
    it(`takes no ${kind} for a source`, () => {
      const object = parseFluxObject({ apiVersion: api, kind, metadata: { name: "a" } });
      assert.ok(object);
      assert.deepEqual(sourceBinding(object, of), { bound: false, why: "brings no files" });
    });
  }

  it("says that nothing is known of what makes an artefact without a name", () => {
    const object = parseFluxObject({
      ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "ExternalArtifact" },
      metadata: { name: "a" },
    });
    assert.ok(object);
    const binding = sourceBinding(object, of);
    assert.match(binding.bound ? "" : binding.why, /^is made by \? \? and does not say .*\.source/);
  });

  it("does not take a repository of charts for files", () => {
    assert.match(bindingOf("HelmRepository"), /brings charts/);
  });
});
