import assert from "node:assert/strict";
import { orderTests } from "../../scripts/order-tests.ts";

describe("the order of the test files", () => {
  it("begins with those that start many programs, while the process is small", () => {
    const files = [
      "test/core/a.test.ts",
      "test/tasks/b.test.ts",
      "sandbox/test/pipelines/c.test.ts",
    ];
    const [core = "", ...starting] = files;
    assert.deepEqual(
      orderTests(files, () => ""),
      [...starting, core],
    );
  });

  it("begins with the longest, beside which everything else is done", () => {
    const [long, other] = ["test/cluster/real-flux.test.ts", "test/tasks/b.test.ts"] as const;
    assert.deepEqual(
      orderTests([other, long], () => ""),
      [long, other],
    );
  });

  it("spreads those that wait among the others, and keeps them alone as they are", () => {
    const scenarios = ["test/scenarios/1.test.ts", "test/scenarios/2.test.ts"];
    const others = ["test/core/a.test.ts", "test/core/b.test.ts", "test/core/c.test.ts"];
    const [a, b, c] = others;
    assert.deepEqual(
      orderTests([...scenarios, ...others], () => ""),
      [a, b, scenarios[0], c, scenarios[1]],
    );
    assert.deepEqual(
      orderTests(scenarios, () => ""),
      scenarios,
    );
  });

  it("has those that make their process large at the end, and else stays as it is", () => {
    const texts: Readonly<Record<string, string>> = {
      "a.test.ts": "const kube = useKube();",
      "b.test.ts": "spawn(git)",
      "c.test.ts": "openKube(folder)",
      "d.test.ts": "notUseKube()",
    };
    const read = (path: string) => texts[path] ?? assert.fail(`${path} was read`);
    const order = ["b.test.ts", "d.test.ts", "a.test.ts", "c.test.ts"];
    assert.deepEqual(orderTests(Object.keys(texts), read), order);
  });
});
