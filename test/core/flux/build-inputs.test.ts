import assert from "node:assert/strict";
import { buildInputs, untakenInputs, type PlacedObject } from "../../../core/flux/build-inputs.ts";

const placed = (
  file: string,
  [apiVersion, kind, name]: readonly [string, string, string],
  { namespace = "flux-system", ...fields }: Readonly<Record<string, unknown>> = {},
): PlacedObject => ({
  file,
  object: { apiVersion, kind, metadata: { name, namespace: String(namespace) }, ...fields },
});
const flux = "kustomize.toolkit.fluxcd.io/v1";
const git = ["source.toolkit.fluxcd.io/v1", "GitRepository", "manifests"] as const;
const vars = ["v1", "ConfigMap", "vars"] as const;
const sourceRef = { kind: "GitRepository", name: "manifests" };
const taking = (...substituteFrom: readonly object[]) =>
  placed("clusters/dev/shop.yaml", [flux, "Kustomization", "shop"], {
    spec: { path: "./shop", sourceRef, postBuild: { substituteFrom } },
  });
const own = taking({ kind: "ConfigMap", name: "vars" });
const values = (data: unknown, file = "clusters/dev/vars.yaml", namespace = "flux-system") =>
  placed(file, vars, { data, namespace });

describe("what a build takes from other objects of the files", () => {
  it("is what its source leaves out", () => {
    const source = placed("clusters/dev/source.yaml", git, { spec: { ignore: "/docs" } });
    assert.deepEqual(buildInputs(own, [own, source]), { ignore: "/docs" });
    const silent = placed("clusters/dev/source.yaml", git, { spec: {} });
    assert.deepEqual(buildInputs(own, [silent]), {});
    const named = placed("clusters/dev/source.yaml", ["acme.io/v1", "GitRepository", "manifests"], {
      spec: { ignore: "/docs" },
    });
    assert.deepEqual(buildInputs(own, [named]), {}, "another kind of that name");
  });

  it("is what the source of another namespace leaves out, where it names that one", () => {
    const source = placed("clusters/dev/source.yaml", git, {
      ...{ namespace: "infra", spec: { ignore: "/docs" } },
    });
    const asking = placed("clusters/dev/shop.yaml", [flux, "Kustomization", "shop"], {
      spec: { path: "./shop", sourceRef: { ...sourceRef, namespace: "infra" } },
    });
    assert.deepEqual(buildInputs(asking, [source]), { ignore: "/docs" });
    assert.deepEqual(buildInputs(own, [source]), {});
  });

  it("is the values of its ConfigMaps, by kind and name", () => {
    assert.deepEqual(buildInputs(own, [values({ a: "1" })]), {
      variables: { "ConfigMap/vars": { a: "1" } },
    });
  });

  for (const [says, asked, all] of [
    ["of another namespace", own, [values({ a: "1" }, "clusters/dev/v.yaml", "shop")]],
    ["of another cluster", own, [values({ a: "1" }, "clusters/prod/v.yaml")]],
    ["of a folder whose name begins alike", own, [values({ a: "1" }, "clusters/dev-2/v.yaml")]],
    ["that are substituted themselves", own, [values({ a: "${b}" })]],
    ["that are substituted in part", own, [values({ a: "1", b: "${b}" })]],
    [
      "of a Secret of that name",
      own,
      [placed("clusters/dev/v.yaml", ["v1", "Secret", "vars"], { data: { a: "1" } })],
    ],
    [
      "of another ConfigMap",
      own,
      [placed("clusters/dev/v.yaml", ["v1", "ConfigMap", "other"], { data: { a: "1" } })],
    ],
    ["that are no texts", own, [values({ a: 1 })]],
    ["that are there twice with other words", own, [values({ a: "1" }), values({ a: "2" })]],
    ["of Secrets", taking({ kind: "Secret", name: "vars" }), [values({ a: "1" })]],
    [
      "of another version's ConfigMap",
      own,
      [placed("clusters/dev/v.yaml", ["v2", "ConfigMap", "vars"], { data: { a: "1" } })],
    ],
  ] as const) {
    it(`is no values ${says}`, () => assert.deepEqual(buildInputs(asked, [...all]), {}));
  }

  it("is the same values twice", () => {
    const twice = [values({ a: "1" }), values({ a: "1" }, "clusters/dev/more/v.yaml")];
    assert.deepEqual(buildInputs(own, twice).variables, { "ConfigMap/vars": { a: "1" } });
  });

  it("is what a Kustomization beside it brings", () => {
    const beside = (path: string) =>
      placed("clusters/dev/vars-ks.yaml", [flux, "Kustomization", "vars"], { spec: { path } });
    const far = values({ a: "1" }, "vars/dev/v.yaml");
    assert.deepEqual(buildInputs(own, [far]), {});
    for (const path of ["./vars/dev", "/vars/dev/", "vars"]) {
      assert.ok(buildInputs(own, [beside(path), far]).variables, path);
    }
    assert.deepEqual(
      buildInputs(own, [beside("./"), far]),
      {},
      "all of the repository is not near",
    );
    for (const path of [".", "", "/", ".//"]) {
      assert.deepEqual(buildInputs(own, [beside(path), far]), {}, path);
      assert.deepEqual(buildInputs(own, [beside(path), values({ a: "1" }, "v.yaml")]), {}, path);
    }
    const release = placed(
      "clusters/dev/r.yaml",
      ["helm.toolkit.fluxcd.io/v2", "HelmRelease", "r"],
      {
        spec: { path: "vars" },
      },
    );
    assert.deepEqual(buildInputs(own, [release, far]), {}, "another kind brings no folder");
    const elsewhere = { ...beside("vars"), file: "clusters/prod/k.yaml" };
    assert.deepEqual(buildInputs(own, [elsewhere, far]), {});
  });

  it("is of a file in the root what lies there with it", () => {
    const root = { ...own, file: "shop.yaml" };
    assert.ok(buildInputs(root, [values({ a: "1" }, "vars.yaml")]).variables);
    assert.deepEqual(buildInputs(root, [values({ a: "1" }, "dev/vars.yaml")]), {});
  });

  it("is nothing of an object without a spec", () => {
    const bare = placed("a.yaml", [flux, "Kustomization", "shop"]);
    assert.deepEqual(buildInputs(bare, [values({ a: "1" }, "v.yaml")]), {});
  });
});

describe("what gives a build values that are not known", () => {
  it("is told in whatever form it stands there", () => {
    const secret = placed("clusters/dev/s.yaml", ["v1", "Secret", "s"], { stringData: { a: "1" } });
    const both = taking({ kind: "ConfigMap", name: "vars" }, { kind: "Secret", name: "s" });
    assert.deepEqual(untakenInputs(both, [values({ a: "${b}" }), secret]), {
      "ConfigMap/vars": [[{ a: "${b}" }, undefined]],
      "Secret/s": [[undefined, { a: "1" }]],
    });
  });

  it("is nothing that is taken, or that nobody brings", () => {
    assert.deepEqual(untakenInputs(own, [values({ a: "1" })]), {});
    assert.deepEqual(untakenInputs(own, []), {});
  });
});
