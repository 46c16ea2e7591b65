import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { pairNamespaces } from "../../../core/diff/pair-namespaces.ts";

const object = (kind: string, namespace: string, data: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: a, namespace: ${namespace} }\n${data}\n`;
const file = (path: string, text: string) => ({ path, text });
const paired = (before: readonly string[], after: readonly string[]) => {
  const side = (all: readonly string[]) => all.map((text, at) => file(`${at}.yaml`, text));
  return pairNamespaces(compareManifests(side(before), side(after)).objects);
};

describe("environments whose namespaces bear their names", () => {
  it("are compared object by object, and what is equal is counted", () => {
    const { objects, namespaces } = paired(
      [object("ConfigMap", "shop-dev", "data: { a: b }"), object("Service", "shop-dev", "")],
      [object("ConfigMap", "shop-prod", "data: { a: c }"), object("Service", "shop-prod", "")],
    );
    assert.deepEqual(namespaces, [{ from: "shop-dev", to: "shop-prod", objects: 2, equal: 1 }]);
    assert.equal(objects.length, 1);
    assert.equal(objects[0]?.change, "changed");
    assert.equal(objects[0]?.renamedFrom, "shop-dev/a");
    assert.deepEqual(
      objects[0]?.edits.map(({ path }) => path),
      [["data", "a"]],
    );
  });

  it("keep apart what has two candidates, Secrets, and what only one of them has", () => {
    const { objects, namespaces } = paired(
      [object("ConfigMap", "x", ""), object("Secret", "x", "data: { a: Yg== }")],
      [
        object("ConfigMap", "y", ""),
        object("ConfigMap", "z", ""),
        object("Secret", "y", "data: { a: Yw== }"),
      ],
    );
    assert.deepEqual(namespaces, []);
    assert.equal(objects.length, 5);
  });
});
