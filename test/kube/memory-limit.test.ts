import assert from "node:assert/strict";
import { withMemoryLimit } from "../../kube/memory-limit.ts";

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
// (module (memory (export "m") 1))
const growing = Uint8Array.from([...header, 5, 3, 1, 0, 1, 7, 5, 1, 1, 0x6d, 2, 0]);

describe("the limit on a module's memory", () => {
  it("lets the memory be as large as the limit, and no larger", async () => {
    const limited = withMemoryLimit(growing, 3 * 65536);
    const { instance } = await WebAssembly.instantiate(limited as Uint8Array<ArrayBuffer>);
    const memory = instance.exports["m"] as WebAssembly.Memory;
    assert.equal(memory.buffer.byteLength, 3 * 65536);
    assert.throws(() => memory.grow(1), RangeError);
  });

  it("gives at once what is mostly needed, so that it need not grow step by step", async () => {
    const limited = withMemoryLimit(growing, 2 ** 30);
    const { instance } = await WebAssembly.instantiate(limited as Uint8Array<ArrayBuffer>);
    const memory = instance.exports["m"] as WebAssembly.Memory;
    assert.equal(memory.buffer.byteLength, 384 * 2 ** 20);
    assert.equal(memory.grow(2 ** 14 - 6144), 6144);
    assert.throws(() => memory.grow(1), RangeError);
  });

  it("never goes below what the module starts with", async () => {
    const limited = withMemoryLimit(growing, 0);
    const { instance } = await WebAssembly.instantiate(limited as Uint8Array<ArrayBuffer>);
    assert.equal((instance.exports["m"] as WebAssembly.Memory).buffer.byteLength, 65536);
  });

  it("refuses what is no module, or has no memory of its own", () => {
    assert.throws(() => withMemoryLimit(Uint8Array.from(header), 65536), /defines no memory/);
    assert.throws(
      () => withMemoryLimit(Uint8Array.from([...header, 5]), 65536),
      /not a WebAssembly/,
    );
  });
});
