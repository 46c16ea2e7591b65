import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { commandLine } from "../../../rendering/processes/command-line.ts";

describe("a command line to be repeated", () => {
  it("shows plain arguments as they are", () => {
    assert.equal(
      commandLine("helm", ["template", "--set", "a=1", "./chart"]),
      "helm template --set a=1 ./chart",
    );
  });

  it("stays one line that a shell reads back, whatever an argument holds", () => {
    const odd = [
      ...["", "a b", "it's", "{a,b}", "$HOME", "=ls", "~", "*", "größe", "\u{1f680}"],
      ...["-----BEGIN\nab'c\\d\r\n\tend", "\u001b[31m", "\u202eabc", "\u0007\u00a01\u0085"],
    ];
    const line = commandLine("printf", ["%s\\0", ...odd]);
    assert.doesNotMatch(line, /\p{Cc}/u);
    const said = execFileSync("bash", ["-c", line], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    assert.deepEqual(said.split("\0").slice(0, -1), odd);
  });
});
