import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { TaskJson } from "../../scripts/validate-tasks.ts";

const document = readFileSync("docs/tasks.md", "utf8");

describe("docs/tasks.md", () => {
  for (const folder of readdirSync("tasks").filter((name) =>
    existsSync(`tasks/${name}/task.json`),
  )) {
    const task = JSON.parse(readFileSync(`tasks/${folder}/task.json`, "utf8")) as TaskJson;
    const heading = `## ${folder}@${task.version?.Major}\n`;
    const [section = ""] = (document.split(heading)[1] ?? "").split("\n## ");

    it(`names every input of ${folder}, and its default`, () => {
      for (const { name, defaultValue = "" } of task.inputs ?? []) {
        const row = section
          .split("\n")
          .find((line) => line.startsWith("|") && line.includes(`\`${name}\``));
        assert.ok(row, `${folder}: input ${name} is not in docs/tasks.md`);
        const told =
          defaultValue === "" || /TeamProject/.test(defaultValue) || row.includes(defaultValue);
        assert.ok(told, `${folder}: the default of ${name} is ${defaultValue}`);
      }
    });

    it(`names every output of ${folder}`, () => {
      const outputs = (task.outputVariables ?? []).map(({ name }) => name);
      assert.deepEqual(
        outputs.filter((name) => !section.includes(`\`${name}\``)),
        [],
      );
    });
  }
});
