import assert from "node:assert/strict";
import { areAll, isWithin } from "../../../core/diff/address-ranges.ts";

const within: readonly (readonly [narrow: string, wide: string])[] = [
  ["10.1.2.3", "10.0.0.0/8"],
  ["10.1.2.3/32", "10.1.2.3"],
  ["10.255.255.255", "10.0.0.0/8"],
  // The bits behind the length count for nothing.
  ["10.9.9.9/8", "10.0.0.0/8"],
  ["0.0.0.0/1", "0.0.0.0/0"],
  ["fd00::1", "fd00::/8"],
  ["fdff:ffff::/32", "fd00::/8"],
  ["2001:DB8::1", "2001:db8:0:0:0:0:0:1"],
  ["::1", "::/0"],
  ["not-an-address", "not-an-address"],
];

const outside: typeof within = [
  ["10.0.0.0/8", "10.1.2.3"],
  ["11.0.0.0", "10.0.0.0/8"],
  ["9.255.255.255", "10.0.0.0/8"],
  ["10.0.0.0/7", "10.0.0.0/8"],
  ["1.2.3.4", "4.3.2.1"],
  ["fe00::1", "fd00::/8"],
  ["::10.0.0.1", "10.0.0.0/8"],
  ["::a00:1", "10.0.0.0/8"],
  ["10.0.0.1", "::/0"],
  ["2001:db8::1", "2001:db9::/32"],
];

const none = [
  ...[
    "10.0.0",
    "10.0.0.0.0",
    "10.0.0.256",
    "10.0.0.x",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
  ],
  ...[
    "10.0.0.0/",
    "",
    "fd00",
    "fd00::1::2",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7::8",
    "1:2:3:4:5:6:7:8:9",
  ],
  ...["12345::", "g::", "fd00::/129"],
];

describe("ranges of addresses", () => {
  for (const [narrow, wide] of within) {
    it(`${narrow} is in ${wide}`, () => assert.ok(isWithin(narrow, wide)));
  }
  for (const [narrow, wide] of outside) {
    it(`${narrow} is not in ${wide}`, () => assert.ok(!isWithin(narrow, wide)));
  }
  for (const text of none) {
    it(`${JSON.stringify(text)} is none, and in no other`, () => {
      assert.ok(!isWithin(text, "0.0.0.0/0") && !isWithin(text, "::/0"));
      assert.ok(!isWithin("10.0.0.0", text));
    });
  }

  it("are all addresses of a version by one of no length, by halves, and beside others", () => {
    assert.ok(areAll(["0.0.0.0/0"]) && areAll(["::/0"]));
    assert.ok(areAll(["128.0.0.0/1", "10.0.0.0/8", "x", "0.0.0.0/1"]));
    assert.ok(areAll(["::/1", "8000::/1"]));
  });

  it("are not all where one address is missing, or a half of each version is there", () => {
    assert.ok(!areAll([]) && !areAll(["0.0.0.0/1"]) && !areAll(["128.0.0.0/1"]));
    assert.ok(!areAll(["0.0.0.0/1", "8000::/1"]));
    assert.ok(!areAll(["0.0.0.0/1", "128.0.0.1/32", "129.0.0.0/8"]));
  });
});
