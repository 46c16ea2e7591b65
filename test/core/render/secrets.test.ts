import assert from "node:assert/strict";
import { secretsIn } from "../../../core/render/secrets.ts";

const secret = (values: object) => ({
  ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "s" } },
  ...values,
});
const found = (value: string) => secretsIn(secret({ stringData: { key: value } })).length;

describe("a Secret in plain text", () => {
  it("is none where all that stands there is where the secret lies", () => {
    const references = [
      "${PASSWORD}",
      "op://kubernetes/1password/TOKEN\n",
      "vault:secret/data/mysql#PASSWORD",
      "ref+azurekeyvault://vault/name",
      "<path:secret/data/db#password>",
    ];
    for (const value of references) {
      assert.equal(found(value), 0, value);
      assert.deepEqual(secretsIn(secret({ data: { key: btoa(value) } })), [], value);
    }
  });

  it("is one where anything else stands there too, or in its place", () => {
    const values = [
      "hunter2",
      "${PASSWORD:=hunter2}",
      "x${A}",
      "op://a",
      "vault:hunter2",
      "<path>",
    ];
    for (const value of values) assert.equal(found(value), 1, value);
  });

  it("is named by its field, never by its value", () => {
    const [text = ""] = secretsIn(secret({ data: { key: btoa("hunter2") } }));
    assert.match(text, /^data\.key is a secret in plain text/);
    assert.doesNotMatch(text, /hunter2/);
  });
});
