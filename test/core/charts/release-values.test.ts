import assert from "node:assert/strict";
import { releaseValues } from "../../../core/charts/release-values.ts";
import type { KubernetesObject } from "../../../core/manifests/identity.ts";

const map = (name: string, data: Readonly<Record<string, string>>): KubernetesObject => ({
  ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "shop" }, data },
});
const secret = (name: string, data: Readonly<Record<string, string>>): KubernetesObject => ({
  ...{ ...map(name, {}), kind: "Secret" },
  data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, btoa(text)])),
});

function valuesOf(
  spec: Readonly<Record<string, unknown>>,
  ...objects: readonly KubernetesObject[]
) {
  const find = (kind: string, name: string) =>
    objects.find((one) => one.kind === kind && one.metadata.name === name);
  const { values, notKnown } = releaseValues(spec, { namespace: "shop", find });
  return { values, notKnown };
}

describe("the values of a release", () => {
  it("are those of valuesFrom in their order, with its own over them", () => {
    const spec = {
      valuesFrom: [
        { kind: "ConfigMap", name: "a" },
        { kind: "Secret", name: "b", valuesKey: "more.yaml" },
      ],
      values: { image: { tag: "3" }, list: [1] },
    };
    const a = map("a", {
      "values.yaml": "image: { tag: '1', name: api }\nlist: [1, 2, 3]\na: 1\n",
    });
    const b = secret("b", { "more.yaml": "image: { tag: '2' }\nb: 2\n" });
    assert.deepEqual(valuesOf(spec, a, b), {
      values: { image: { tag: "3", name: "api" }, list: [1], a: 1, b: 2 },
      notKnown: [],
    });
  });

  it("are set at a targetPath as Helm's --set would, after what the release says itself", () => {
    const spec = (targetPath: string, more: object = {}) => ({
      valuesFrom: [{ kind: "ConfigMap", name: "a", valuesKey: "v", targetPath, ...more }],
      values: { db: { port: 1 } },
    });
    const of = (value: string, path: string, more?: object) =>
      valuesOf(spec(path, more), map("a", { v: value })).values;
    assert.deepEqual(of("5432", "db.host"), { db: { port: 1, host: 5432 } });
    assert.deepEqual(of("'5432'", "db.host"), { db: { port: 1, host: "5432" } });
    assert.deepEqual(of("2", "db.port"), { db: { port: 2 } });
    assert.deepEqual(of("true", "a\\.b.c[1]"), {
      db: { port: 1 },
      "a.b": { c: [null, true] },
    });
    assert.deepEqual(of("a,b={x}", "db.host", { literal: true }), {
      db: { port: 1, host: "a,b={x}" },
    });
  });

  it("name what only the cluster knows, and go on without it", () => {
    const spec = {
      valuesFrom: [
        { kind: "Secret", name: "gone", optional: true },
        { kind: "ConfigMap", name: "a", valuesKey: "nothing" },
        { kind: "ConfigMap", name: "a", valuesKey: "v", targetPath: "x" },
        { kind: "ConfigMap", name: "encrypted" },
      ],
      values: { a: 1 },
    };
    const encrypted = { ...map("encrypted", { "values.yaml": "ENC[…]" }), sops: {} };
    assert.deepEqual(valuesOf(spec, map("a", { v: "one,two" }), encrypted), {
      values: { a: 1 },
      notKnown: [
        "Secret shop/gone (values.yaml)",
        "ConfigMap shop/a (nothing): no value of it can be read here",
        "ConfigMap shop/a (v): only Helm can tell what x becomes",
        "ConfigMap shop/encrypted (values.yaml): no value of it can be read here",
      ],
    });
  });

  it("leave prototypes and objects alone", () => {
    const own = { a: { b: 1 } };
    const spec = {
      valuesFrom: [
        { kind: "ConfigMap", name: "a", valuesKey: "v", targetPath: "a.b" },
        { kind: "ConfigMap", name: "a", valuesKey: "v", targetPath: "__proto__.polluted" },
      ],
      values: own,
    };
    valuesOf(spec, map("a", { v: "2" }));
    assert.deepEqual(own, { a: { b: 1 } });
    assert.equal(({} as { readonly polluted?: unknown }).polluted, undefined);
  });
});
