import assert from "node:assert/strict";
import { InputError, TerminalError } from "../../../core/errors.ts";
import { runBody } from "../../../tasks/common/run-body.ts";
import { fakeAgent } from "./fake-agent.ts";

describe("running a task", () => {
  it("masks the job's token before anything else and publishes what run gives back", async () => {
    const { agent, said } = fakeAgent({ token: "t" });
    const outcome = { outputs: { a: "1" } };
    await runBody(agent, "Any", async () => {
      assert.deepEqual(said.masked, ["t"]);
      return outcome;
    });
    assert.equal(said.outcome, outcome);
    assert.equal(said.failure, undefined);
  });

  it("fails with the message and what to do, the stack only in the debug log", async () => {
    const { agent, said } = fakeAgent();
    const error = new TerminalError("Failed to x", { code: "any", hint: "Do y." });
    await runBody(agent, "Any", () => Promise.reject(error));
    assert.deepEqual(said.failure, { message: "Failed to x. Do y.", problems: [] });
    assert.equal(said.outcome, undefined);
    assert.match(said.lines[0] ?? "", /at /);
  });

  it("hands on every problem of the input", async () => {
    const { agent, said } = fakeAgent();
    const problems = [{ message: "a" }, { message: "b", file: "f", line: 2 }];
    await runBody(agent, "Any", () => Promise.reject(new InputError(problems)));
    assert.deepEqual(said.failure?.problems, problems);
  });
});
