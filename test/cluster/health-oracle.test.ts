import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Health } from "../../core/health/health.ts";
import { knownKinds } from "../../core/health/known/known-kinds.ts";
import { objectHealth } from "../../core/health/object-health.ts";
import { ensureGoProgram } from "../../scripts/tools/go-program.ts";
import { differences, reasonFor } from "./health-differences.ts";
import { evaluatedOtherwise, expressionObjects, expressionRows } from "./health-expressions.ts";
import { oddHealthObjects } from "./odd-health-objects.ts";
import { healthObjects, objectsOf, type Question } from "./health-objects.ts";

const words: Readonly<Record<Health["state"], string>> = {
  ...{ current: "Current", "in-progress": "InProgress", failed: "Failed" },
  ...{ terminating: "Terminating", unknown: "Unknown" },
};

type Judged = Question & { readonly theirs: string; readonly ours: string };

describe("health, beside Flux' own kstatus", function () {
  this.timeout(600_000);
  let oracle = "";
  before(async function () {
    const program = await ensureGoProgram(join(import.meta.dirname, "health-oracle"));
    if (program === undefined) return this.skip();
    oracle = program;
  });

  it("is the same of 34,500 objects, or stricter for a reason that is listed", () => {
    const judged = judge(healthObjects(1_500));
    const other = judged.filter(({ theirs, ours }) => theirs !== ours);
    const open = other.filter(({ object }) => reasonFor(object) === undefined);
    assert.deepEqual(open.slice(0, 5), []);
    assert.deepEqual(other.filter(isLaxer).slice(0, 5), []);
    const used = new Set(other.map(({ object }) => reasonFor(object)));
    const idle = differences.filter(({ why }) => !used.has(why));
    assert.deepEqual(idle, [], "reasons that nothing needs");
    const green = judged.filter(({ ours }) => ours === "Current").length;
    assert.ok(green > judged.length / 10, `only ${green} are well: nothing is shown`);
  });

  it("of objects in odd forms is never better, and never worse without a listed reason", () => {
    const judged = judge(oddHealthObjects(60));
    assert.deepEqual(judged.filter(isLaxer).slice(0, 5), []);
    const held = judged.filter(({ theirs, ours }) => theirs === "Current" && ours !== "Current");
    assert.deepEqual(held.filter(({ object }) => reasonFor(object) === undefined).slice(0, 5), []);
    const read = judged.filter(({ theirs }) => theirs === "Current").length;
    assert.ok(read > judged.length / 10, `only ${read} are well there: nothing is shown`);
  });

  it("of kinds that it knows beyond kstatus is never better, but where presence is all", () => {
    const known = knownKinds.filter(({ current }) => current !== "true");
    const judged = judge(known.flatMap(({ type }) => objectsOf(type, 100)));
    assert.deepEqual(judged.filter(isLaxer).slice(0, 5), []);
    const green = judged.filter(({ ours }) => ours === "Current").length;
    assert.ok(green > judged.length / 20, `only ${green} are well: nothing is shown`);
  });

  it("by healthCheckExprs is what Flux' evaluation of them says", () => {
    const questions = expressionRows.flatMap((expressions) =>
      expressionObjects.map((object) => ({ object, expressions })),
    );
    const other = judge(questions).filter(({ theirs, ours }) => theirs !== ours);
    const isListed = ({ expressions }: Judged) =>
      Object.keys(evaluatedOtherwise).some((part) => expressions?.current?.includes(part));
    assert.deepEqual(other.filter((one) => !isListed(one)).slice(0, 5), []);
    const laxer = other.filter(isLaxer).map(({ expressions }) => expressions?.current);
    assert.deepEqual(laxer, ["cel.bind(x, status.size, x == 3)"]);
  });

  function judge(questions: readonly Question[]): readonly Judged[] {
    const run = spawnSync(oracle, {
      input: JSON.stringify(questions),
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    assert.equal(run.status, 0, run.stderr);
    const answers = JSON.parse(run.stdout) as readonly string[];
    return questions.map((one, index) => ({
      ...one,
      theirs: answers[index] ?? "",
      ours: ourWord(one),
    }));
  }
});

function ourWord({ object, expressions }: Question): string {
  const how = expressions === undefined ? {} : { expression: expressions };
  const health = objectHealth(object, how);
  const isRefused = "cause" in health && health.cause.includes("cannot be evaluated");
  return isRefused ? "Unknown" : words[health.state];
}

function isLaxer({ theirs, ours }: Judged): boolean {
  return ours === "Current" && theirs !== "Current";
}
