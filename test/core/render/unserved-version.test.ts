import assert from "node:assert/strict";
import { joinedSchemas, schemasOfCrds } from "../../../core/manifests/object-schemas.ts";
import { unservedVersionText } from "../../../core/render/unserved-version.ts";

const definition = (...versions: readonly (readonly [name: string, served: boolean])[]) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "foos.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { kind: "Foo", plural: "foos" },
    versions: versions.map(([name, served]) => {
      return { name, served, storage: false, schema: { openAPIV3Schema: { type: "object" } } };
    }),
  },
});
const foo = (version: string, group = "example.com") => ({ group, version, kind: "Foo" });

describe("a version of a custom resource", () => {
  const schemas = schemasOfCrds([definition(["v1", true], ["v1beta1", false])]);

  it("is taken where its definition serves it", () => {
    assert.equal(unservedVersionText(foo("v1"), schemas), undefined);
  });

  for (const version of ["v1beta1", "v2"]) {
    it(`is refused where its definition ${version === "v2" ? "has it not" : "serves it not"}`, () => {
      assert.equal(
        unservedVersionText(foo(version), schemas),
        `no matches for kind "Foo" in version "example.com/${version}": its CustomResourceDefinition serves v1`,
      );
    });
  }

  it("is refused where nothing is served at all", () => {
    assert.match(
      unservedVersionText(foo("v1"), schemasOfCrds([definition(["v1", false])])) ?? "",
      /serves no version$/,
    );
  });

  it("is not judged by definitions of others: of another group, of none, of what comes with us", () => {
    assert.equal(unservedVersionText(foo("v2", "other.com"), schemas), undefined);
    const kinds = { "example.com/v1/Foo": { definition: "x", scope: "namespace" } } as const;
    const ours = joinedSchemas({ definitions: {}, kinds });
    assert.equal(unservedVersionText(foo("v1"), ours), undefined);
    assert.equal(unservedVersionText(foo("v2"), ours), undefined);
  });
});
