import assert from "node:assert/strict";
import {
  lockProblems,
  lockTools,
  parseToolLock,
  writeToolLock,
} from "../../../core/render/tool-lock.ts";

const [a, b] = ["a".repeat(64), "b".repeat(64)];
const helm = { tool: "helm", version: "4.2.3", sha256: a };
const messages = (text: string) =>
  parseToolLock(text, "fluxgate.lock.json").problems.map(({ message }) => message);

describe("the tool lock", () => {
  it("reads what it writes", () => {
    const lock = lockTools({}, [helm], "linux-x64");
    assert.deepEqual(parseToolLock(writeToolLock(lock), "x"), { lock, problems: [] });
  });

  it("keeps the sums of other platforms while the version stays", () => {
    const before = { helm: { version: "4.2.3", sha256: { "darwin-arm64": b } } };
    assert.deepEqual(lockTools(before, [helm], "linux-x64")["helm"]?.sha256, {
      "darwin-arm64": b,
      "linux-x64": a,
    });
    const newer = { ...helm, version: "4.3.0" };
    assert.deepEqual(lockTools(before, [newer], "linux-x64")["helm"]?.sha256, { "linux-x64": a });
  });

  const locked = { helm: { version: "4.2.3", sha256: { "linux-x64": a } } };
  for (const [what, found, platform, problem] of [
    ["the locked program", helm, "linux-x64", undefined],
    ["a tool that is not locked", { ...helm, tool: "jsonnet" }, "linux-x64", /used and not locked/],
    ["another version", { ...helm, version: "3.17.2" }, "linux-x64", /is 3.17.2, locked is 4.2.3/],
    ["another program", { ...helm, sha256: b }, "linux-x64", /another program/],
    ["another platform", helm, "win32-x64", /not locked for win32-x64/],
  ] as const) {
    it(`${problem === undefined ? "takes" : "refuses"} ${what}`, () => {
      const [first, ...rest] = lockProblems(locked, [found], platform);
      assert.deepEqual(rest, []);
      if (problem === undefined) assert.equal(first, undefined);
      else assert.match(first?.message ?? "", problem);
    });
  }

  it("says everything that is wrong in the file at once", () => {
    assert.deepEqual(messages("{"), ["the tool lock is not valid JSON"]);
    assert.match(messages("[]")[0] ?? "", /this is no tool lock/);
    const tools = { helm: {}, kubectl: { version: "1.36.3", sha256: { "linux-x64": "x" } } };
    assert.deepEqual(messages(JSON.stringify({ kind: "ToolLock", tools })), [
      "tools.helm lacks a version",
      "tools.kubectl lacks sha256: a platform and 64 hexadecimal digits",
    ]);
  });
});
