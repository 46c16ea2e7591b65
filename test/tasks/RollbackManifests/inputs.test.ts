import assert from "node:assert/strict";
import { InputError } from "../../../core/errors.ts";
import { readInputs } from "../../../tasks/RollbackManifests/inputs.ts";

describe("RollbackManifests' inputs", () => {
  it("are named, each with what is wrong with it, all at once", () => {
    const given: Readonly<Record<string, string>> = { environment: "Dev", app: "api" };
    const env = {
      input: (name: string) => given[name] ?? "",
      flag: () => true,
      variable: () => undefined,
    };
    try {
      readInputs(env as unknown as Parameters<typeof readInputs>[0]);
      assert.fail("they were taken");
    } catch (error) {
      assert.ok(error instanceof InputError, String(error));
      const said = error.problems.map(({ message }) => message);
      for (const one of [
        "Input reason is empty",
        "Input delivery is empty",
        'Input environment: "Dev" is not a name of fluxgate.yaml',
        'Input to: "" is no id of a commit (40 hexadecimal digits)',
      ]) {
        assert.ok(said.includes(one), said.join("\n"));
      }
    }
  });
});
