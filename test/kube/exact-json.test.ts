import assert from "node:assert/strict";
import { readExactJson, writeExactJson } from "../../kube/exact-json.ts";

describe("JSON with exact integers", () => {
  it("keeps the digits of integers beyond 2^53, both ways", () => {
    const text = '{"a":9007199254740993,"b":[-12345678901234567890,1],"c":"9007199254740993"}';
    const value = readExactJson(text);
    assert.deepEqual(value, {
      a: 9007199254740993n,
      b: [-12345678901234567890n, 1],
      c: "9007199254740993",
    });
    assert.equal(writeExactJson(value), text);
  });

  it("leaves floating point numbers and small integers as JSON has them", () => {
    const text = '{"a":1.5000000000000001234,"b":1234567890123456789e3,"c":1}';
    assert.deepEqual(readExactJson(text), JSON.parse(text));
  });

  it("takes no text for a number, whatever stands in it", () => {
    const hostile = { a: "bigint:1234567890123456789", b: '\\"1234567890123456789', c: 1 };
    assert.deepEqual(readExactJson(JSON.stringify(hostile)), hostile);
  });

  it("leaves undefined fields out, and writes what JSON cannot hold as text", () => {
    assert.equal(
      writeExactJson({ a: undefined, b: [undefined], c: Infinity }),
      '{"b":[null],"c":"Infinity"}',
    );
  });
});
