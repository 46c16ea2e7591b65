import assert from "node:assert/strict";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { checkObjects } from "../../core/render/check-objects.ts";
import { knownCluster } from "../../rendering/checks/schemas/known-schemas.ts";
import { serverJudge } from "../../rendering/checks/server-judge.ts";
import { changed } from "../kube/server-case.ts";
import { serverCases } from "../kube/server-cases.ts";
import { useKube } from "../support/kube.ts";

const validation = { off: [], schemas: [], postBuild: [], allowSecrets: ["a"] };
const { cluster } = knownCluster("1.36", { definitions: {}, kinds: {} });

// The real API server judges the same objects (test/cluster/server-oracle.test.ts).
describe("the table of mistakes, of all built-in kinds", function () {
  this.timeout(120_000);
  const kube = useKube();
  /** Who finds an error in each object, looked at one by one. */
  async function finders(objects: readonly KubernetesObject[]) {
    const found = await Promise.all(
      [{ ...cluster, server: serverJudge(kube()) }, cluster].map(async (known) => {
        const checked = objects.map((object, index) => ({
          ...{ app: { name: "a", clusterScoped: [object.kind] }, object, line: index },
        }));
        const all = await checkObjects(checked, known, validation);
        return new Set(all.flatMap(({ severity, line }) => (severity === "error" ? [line] : [])));
      }),
    );
    return objects.map((_, index) => ({
      module: found[0]?.has(index) ?? false,
      schema: found[1]?.has(index) ?? false,
    }));
  }

  it("misses none that the API server of 1.36 refuses, and says rightly what schemas find", async () => {
    const mistakes = serverCases.flatMap(({ valid, unfit = [], wrong = [] }) => [
      ...unfit.map((change) => ({ change, schema: true, object: changed(valid, change) })),
      ...wrong.map((change) => ({ change, schema: false, object: changed(valid, change) })),
    ]);
    const by = await finders(mistakes.map(({ object }) => object));
    const otherwise = mistakes.filter(({ schema }, index) => {
      return by[index]?.module !== true || by[index].schema !== schema;
    });
    assert.deepEqual(
      otherwise.map(({ object, change }) => `${object.kind} ${JSON.stringify(change)}`),
      [],
    );
    assert.ok(mistakes.length >= 300, String(mistakes.length));
  });

  it("alarms of none that it takes, with the module or without", async () => {
    const fine = serverCases.flatMap(({ valid, fine: more = [] }) =>
      [{}, ...more].map((change) => changed(valid, change)),
    );
    const by = await finders(fine);
    const alarmed = fine.filter((_, index) => by[index]?.module || by[index]?.schema);
    assert.deepEqual(
      alarmed.map(({ kind }) => kind),
      [],
    );
  });

  it("names no value of a Secret, whatever it stands in", async () => {
    const odd = [
      { data: "hunter2" },
      { data: ["hunter2"] },
      { stringData: { a: { b: "hunter2" } } },
    ];
    const objects = [...odd, { stringData: { a: 32168421 } }, { immutable: "hunter2" }].map(
      (fields) => ({ apiVersion: "v1", kind: "Secret", metadata: { name: "a" }, ...fields }),
    );
    for (const known of [{ ...cluster, server: serverJudge(kube()) }, cluster]) {
      const checked = objects.map((object, line) => ({
        app: { name: "a", clusterScoped: [] },
        object,
        line,
      }));
      const said = await checkObjects(checked, known, validation);
      assert.equal(new Set(said.map(({ line }) => line)).size, objects.length);
      assert.doesNotMatch(JSON.stringify(said), /hunter2|32168421/);
    }
  });
});
