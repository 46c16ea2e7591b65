import assert from "node:assert/strict";
import type { BuildRequest } from "../../kube/build.ts";
import { useKube } from "../support/kube.ts";

const files = {
  "a.yaml":
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: "${A}", b: "${B:=low}", c: "$${C}" }\n',
};

describe("variables of postBuild", function () {
  this.timeout(120_000);
  const kube = useKube();

  async function dataAfter(postBuild: object | undefined, more: Partial<BuildRequest> = {}) {
    const kustomization = { spec: { path: ".", ...(postBuild && { postBuild }) } };
    const result = await kube().build({ files, kustomization, ...more });
    if (result.kind !== "built") return assert.fail(JSON.stringify(result));
    return { data: result.objects[0]?.object["data"], unknown: result.unknownVariables };
  }
  const fromCluster = { substituteFrom: [{ kind: "ConfigMap", name: "vars" }] };

  it("leaves texts alone without a postBuild", async () => {
    const { data } = await dataAfter(undefined);
    assert.deepEqual(data, { a: "${A}", b: "${B:=low}", c: "$${C}" });
  });

  it("substitutes what the Kustomization itself gives, and defaults for the rest", async () => {
    const { data, unknown } = await dataAfter({ substitute: { A: "one" } });
    assert.deepEqual([data, unknown], [{ a: "one", b: "low", c: "${C}" }, []]);
  });

  it("shows a variable that only the cluster knows by its name, its default included", async () => {
    const { data, unknown } = await dataAfter(fromCluster);
    assert.deepEqual([data, unknown], [{ a: "${A}", b: "${B}", c: "${C}" }, ["A", "B"]]);
  });

  it("takes a source that is handed in for known", async () => {
    const variables = { "ConfigMap/vars": { A: "one" } };
    const { data, unknown } = await dataAfter(fromCluster, { variables });
    assert.deepEqual([data, unknown], [{ a: "one", b: "low", c: "${C}" }, []]);
  });

  it("does not believe a source that a later one may overrule", async () => {
    const two = [...fromCluster.substituteFrom, { kind: "Secret", name: "later" }];
    const variables = { "ConfigMap/vars": { A: "one" } };
    const { unknown } = await dataAfter({ substituteFrom: two }, { variables });
    assert.deepEqual(unknown, ["A", "B"]);
  });

  it("leave what names none as it is written, and refuse a name that is none all the same", async () => {
    const plain = {
      "a.yaml":
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { n: "7", w: "yes", d: "2026-01-01", e: "1e3", h: "0x1F" }\n',
    };
    const { data } = await dataAfter({ substitute: { A: "one" } }, { files: plain });
    assert.deepEqual(data, { n: "7", w: "yes", d: "2026-01-01", e: "1e3", h: "0x1F" });
    const kustomization = { spec: { path: ".", postBuild: { substitute: { "a-b": "one" } } } };
    const refused = await kube().build({ files: plain, kustomization });
    assert.equal(refused.kind, "failed");
    assert.match(JSON.stringify(refused), /'a-b' var name is invalid/);
  });
});
