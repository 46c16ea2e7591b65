import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { inputProblems, type TaskJson, taskProblems } from "../../scripts/validate-tasks.ts";

const folders = readdirSync("tasks").filter((name) => existsSync(`tasks/${name}/task.json`));
const read = (folder: string) =>
  JSON.parse(readFileSync(`tasks/${folder}/task.json`, "utf8")) as TaskJson;
const wait = read("WaitForFlux");

describe("task.json of the shipped tasks", () => {
  for (const folder of folders) {
    it(`${folder} keeps the platform's rules`, () => {
      assert.deepEqual(taskProblems(read(folder), folder), []);
    });

    const inputs = `tasks/${folder}/inputs.ts`;
    if (!existsSync(inputs)) continue;
    it(`${folder} reads exactly the inputs that it declares`, () => {
      assert.deepEqual(inputProblems(read(folder), readFileSync(inputs, "utf8")), []);
    });
  }
});

describe("the rules for task.json", () => {
  const table: readonly (readonly [string, TaskJson, RegExp])[] = [
    ["a server task with demands", { ...wait, demands: ["git"] }, /no demands/],
    ["a server task with an agent version", { ...wait, minimumAgentVersion: "2.1.0" }, /no min/],
    ["a server task with a Node handler", { ...wait, execution: { Node24: {} } }, /not one of/],
    ["a wait over 72 hours", withTimeout("73:00:00"), /at most 72/],
    ["an input of odd name", { ...wait, inputs: [{ name: "a-b" }] }, /not a valid name/],
    ["an id that is no GUID", { ...wait, id: "x" }, /not a GUID/],
    ["a folder of another name", { ...wait, name: "Other" }, /not the folder's name/],
    ["a macro that is no input", { ...wait, inputs: [] }, /\$\(commit\) is no input/],
  ];
  for (const [what, task, expected] of table) {
    it(`refuses ${what}`, () => {
      assert.match(taskProblems(task, "WaitForFlux").join("\n"), expected);
    });
  }

  it("finds inputs that only one side knows", () => {
    assert.deepEqual(
      inputProblems({ name: "T", inputs: [{ name: "a" }] }, 'env.input("b"); env.flag("c")'),
      [
        "T: input a is declared and never read",
        "T: input b is read and not declared",
        "T: input c is read and not declared",
      ],
    );
  });
});

function withTimeout(Timeout: string): TaskJson {
  const handler = wait.execution?.["HttpRequest"] as object;
  return {
    ...wait,
    execution: { HttpRequest: { ...handler, Events: { TaskCompleted: { Timeout } } } },
  };
}
