import assert from "node:assert/strict";
import { decodeText, largestFile } from "../../../core/diff/tree/decode-text.ts";

const bytes = (...all: number[]) => Uint8Array.from(all);
const utf8 = (text: string) => new TextEncoder().encode(text);
const wrong = (...before: string[]) => Uint8Array.from([...utf8(before.join("")), 0xff, 0x0a]);

describe("the bytes of a file", () => {
  it("are its text, whatever letters it has", () => {
    assert.deepEqual(decodeText(utf8("größe: ✓\n")), { text: "größe: ✓\n" });
    assert.deepEqual(decodeText(bytes()), { text: "" });
  });
  for (const [what, given, unread] of [
    ["UTF-16", bytes(0xff, 0xfe, 0x61, 0), "this is UTF-16 text: save the file as UTF-8"],
    [
      "UTF-16 the other way",
      bytes(0xfe, 0xff, 0, 0x61),
      "this is UTF-16 text: save the file as UTF-8",
    ],
    ["no text", bytes(0x61, 0, 0x62), "this is no text (it holds the byte 0)"],
    [
      "wrong in their first line",
      wrong("a"),
      "this is no UTF-8 text (line 1): save the file as UTF-8",
    ],
    [
      "wrong in their third line",
      wrong("a\n", "b\n", "c"),
      "this is no UTF-8 text (line 3): save the file as UTF-8",
    ],
    ["too many", new Uint8Array(largestFile + 1), "the file is larger than 32 MiB"],
  ] as const) {
    it(`are said to be ${what}`, () => assert.deepEqual(decodeText(given), { unread }));
  }
});
