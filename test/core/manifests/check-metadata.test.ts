import assert from "node:assert/strict";
import { metadataProblems } from "../../../core/manifests/check-metadata.ts";
import { repeatedEntries } from "../../../core/manifests/check-list.ts";

// What the API server says to the same kinds of objects: test/cluster/validation.test.ts.
describe("an object's metadata", () => {
  const of = (kind: string, metadata: Record<string, unknown> & { name: string }, more = {}) =>
    metadataProblems({ apiVersion: "v1", kind, metadata, ...more }, 36);

  it("is named with what is wrong", () => {
    assert.deepEqual(of("ConfigMap", { name: "A_b", namespace: "a.b" }), [
      'metadata.name "A_b" must be a-z, 0-9, "-" and ".", each part beginning and ending with a letter or digit',
      'metadata.namespace "a.b" must be at most 63 of a-z, 0-9 and "-"',
    ]);
    const [tooLong = ""] = of("ConfigMap", { name: "a".repeat(254) });
    assert.match(tooLong, /has 254 characters, at most 253 are taken$/);
  });

  it("may begin with a digit for a Service since Kubernetes 1.36", () => {
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "0a" } };
    assert.deepEqual(metadataProblems(service, 36), []);
    assert.match(metadataProblems(service, 35)[0] ?? "", /beginning with a letter/);
  });

  it("has a definition's own name", () => {
    const definition = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "queue.fabrikam.com" },
      spec: { group: "fabrikam.com", names: { plural: "queues" } },
    };
    assert.deepEqual(metadataProblems(definition, 36), [
      'metadata.name "queue.fabrikam.com" must be queues.fabrikam.com, its plural and its group',
    ]);
  });

  it("is left alone where Flux still substitutes", () => {
    const labels = { "${A}/b c": "d", e: "${B} c" };
    assert.deepEqual(of("ConfigMap", { name: "${X}_a", namespace: "${Y}.b", labels }), []);
  });

  it("counts annotations by bytes of keys and values", () => {
    const annotations = (length: number) => ({ name: "a", annotations: { k: "é".repeat(length) } });
    assert.deepEqual(of("ConfigMap", annotations(131_071)), []);
    assert.match(of("ConfigMap", annotations(131_072))[0] ?? "", /are 262145 bytes long/);
  });
});

describe("the entries of a list", () => {
  it("are known by their keys, with the defaults of these", () => {
    const ports = {
      items: { properties: { protocol: { default: "TCP" } } },
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["port", "protocol"],
    } as const;
    const list = [{ port: 80 }, { port: 80, protocol: "UDP" }, { port: 80, protocol: "TCP" }, {}];
    assert.deepEqual(repeatedEntries(list, ports, {}), ["[2] repeats port 80, protocol TCP"]);
  });

  it("are there once in a set, however their keys are ordered", () => {
    const set = { "x-kubernetes-list-type": "set" };
    const list = ["a", { x: 1, y: 2 }, "a", { y: 2, x: 1 }, "1", 1];
    assert.deepEqual(repeatedEntries(list, set, {}), ["[2] repeats a", "[3] repeats an entry"]);
  });
});
