import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { harmless } from "../../../core/harmless.ts";

describe("a task and its agent", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-agent-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the body of a task in a process with the agent's environment. */
  function lines(body: string): readonly string[] {
    const script = `import { runTask } from "./tasks/common/run-task.ts";
      import { InputError, TerminalError } from "./core/errors.ts";
      await runTask("Probe", async (agent) => { ${body} });`;
    const out = execFileSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", script],
      {
        encoding: "utf8",
        env: {
          PATH: process.env["PATH"],
          AGENT_TEMPDIRECTORY: folder,
          INPUT_NAME: "  value ",
          INPUT_ON: "True",
          BUILD_BUILDID: "42",
          ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: "sekret",
        },
      },
    );
    return out.split("\n").filter((line) => !line.startsWith("##vso[task.debug]"));
  }

  it("reads inputs, variables and the token by the agent's environment", () => {
    const all = lines(`agent.log.info([agent.input("name"), agent.flag("on"), agent.input("no"),
      agent.variable("Build.BuildId"), agent.jobToken().length].join("|")); return { outputs: {} };`);
    assert.ok(all.includes("value|true||42|6"), all.join("\n"));
  });

  it("never prints the token, but to have it masked", () => {
    const script = `agent.jobToken(); return { outputs: {} };`;
    assert.deepEqual(
      lines(script).filter((line) => line.includes("sekret")),
      ["##vso[task.setsecret]sekret"],
    );
  });

  it("sets output variables, uploads files and the summary, and ends with one result", () => {
    const all = lines(`return { outputs: { a: "x;y" }, summary: "# S", message: "Done",
      artefacts: [{ name: "image-tags", path: "/tmp/f.json" }] };`);
    const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".md"));
    assert.deepEqual(all, [
      "##vso[task.setsecret]sekret",
      "##vso[task.setvariable variable=a;isOutput=true;issecret=false;]x;y",
      "##vso[artifact.upload containerfolder=image-tags;artifactname=image-tags;]/tmp/f.json",
      `##vso[task.uploadsummary]${join(folder, file)}`,
      "##vso[task.complete result=Succeeded;]Done",
      "",
    ]);
    assert.equal(readFileSync(join(folder, file), "utf8"), "# S");
  });

  it("shows each of several problems where it is, and says how many there are", () => {
    const all = lines(`throw new InputError([{ message: "a" },
      { message: "b", file: "f.yaml", line: 2, column: 3 }]);`);
    const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".md"));
    const markdown = readFileSync(join(folder, file), "utf8");
    assert.equal(markdown, "## Probe: 2 problems\n\n- a\n- `f.yaml:2` b\n");
    assert.deepEqual(all.slice(1, -1), [
      `##vso[task.uploadsummary]${join(folder, file)}`,
      "##vso[task.logissue type=error;]a",
      "##vso[task.logissue type=error;sourcepath=f.yaml;linenumber=2;columnnumber=3;]f.yaml:2:3: b",
      "##vso[task.issue type=error;source=TaskInternal;]2 problems, nothing was done",
      "##vso[task.complete result=Failed;]2 problems, nothing was done",
    ]);
  });

  it("says on the run's page why it failed, also for one reason: superseded, say", () => {
    lines(
      `throw new TerminalError("Failed to deploy: superseded by run 7", { code: "superseded" });`,
    );
    const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".md"));
    const markdown = readFileSync(join(folder, file), "utf8");
    assert.equal(markdown, "## Probe failed\n\nFailed to deploy: superseded by run 7\n");
  });

  it("does not let text from outside give the agent orders", () => {
    assert.equal(
      harmless("x ##vso[task.complete]y ##[error]z"),
      "x # #vso[task.complete]y # #[error]z",
    );
    const all = lines(`agent.log.info("##vso[a]b"); agent.log.warn("x\\n##vso[a]b");
      throw new InputError([{ message: "c\\n##vso[a]b" }, { message: "\\u001b[31m##[error]d" }]);`);
    const orders = all.filter((line) => /^##(vso)?\[/.test(line));
    assert.ok(
      orders.every((line) => line.startsWith("##vso[task.")),
      orders.join("\n"),
    );
    assert.ok(!all.join("\n").includes("\u001b"));
  });
});
