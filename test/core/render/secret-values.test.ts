import assert from "node:assert/strict";
import { secretValuesIn } from "../../../core/render/secret-values.ts";

const secrets = [
  { name: "PASSWORD", value: 'pass"word' },
  { name: "KEY", value: "-----BEGIN-----\nabcdefghijklmnopqrstuvwxyz\n" },
  { name: "SHORT", value: "dev" },
];

describe("values of secrets in a text", () => {
  it("are found plain, escaped, in base64 and over several lines", () => {
    assert.deepEqual(secretValuesIn('a: pass"word', secrets), ["PASSWORD"]);
    assert.deepEqual(secretValuesIn('a: "x pass\\"word"', secrets), ["PASSWORD"]);
    assert.deepEqual(secretValuesIn(`a: ${btoa('pass"word')}`, secrets), ["PASSWORD"]);
    assert.deepEqual(secretValuesIn("a: |\n    abcdefghijklmnopqrstuvwxyz", secrets), ["KEY"]);
  });

  it("are not looked for where they are too short to tell", () => {
    assert.deepEqual(secretValuesIn("namespace: dev", secrets), []);
  });
});
