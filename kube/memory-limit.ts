const pageBytes = 65536;
const headerBytes = 8;
const memorySection = 5;

/**
 * What an instance begins with, of addresses: what is not touched costs nothing. Go's runtime asks for
 * half a mebibyte at a time, and at each V8 collects the garbage of JavaScript, of which there is none:
 * more than half of the CPU of the start and of the first calls.
 */
const minimumBytes = 384 * 1024 * 1024;

/**
 * The module with a maximum on the memory that it defines (WebAssembly core specification, 5.5.8):
 * Go's linker sets none, and an instance could otherwise take 4 GiB. What it needs mostly is there
 * from the beginning.
 * @throws Error when the module has no memory of its own
 */
export function withMemoryLimit(module: Uint8Array, maximumBytes: number): Uint8Array {
  let at = headerBytes;
  while (at < module.length) {
    const id = module[at];
    const size = readUnsigned(module, at + 1);
    if (id === memorySection) {
      const section = limited(module.subarray(size.next, size.next + size.value), maximumBytes);
      return concat([module.subarray(0, at), section, module.subarray(size.next + size.value)]);
    }
    at = size.next + size.value;
  }
  throw new Error("the module defines no memory");
}

function limited(content: Uint8Array, maximumBytes: number): Uint8Array {
  const count = readUnsigned(content, 0);
  const flags = content[count.next] ?? 0;
  const minimum = readUnsigned(content, count.next + 1);
  if (count.value !== 1 || flags > 1) throw new Error("the module's memory is of an unknown form");
  const most = Math.max(minimum.value, Math.ceil(maximumBytes / pageBytes));
  const least = Math.max(minimum.value, Math.min(most, minimumBytes / pageBytes));
  const body = [1, 1, ...unsigned(least), ...unsigned(most)];
  return Uint8Array.from([memorySection, ...unsigned(body.length), ...body]);
}

// LEB128, as the format writes its numbers.
function readUnsigned(bytes: Uint8Array, from: number): { value: number; next: number } {
  let [value, factor, next] = [0, 1, from];
  for (;;) {
    const byte = bytes[next++];
    if (byte === undefined || factor > 2 ** 32) throw new Error("not a WebAssembly module");
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next };
    factor *= 128;
  }
}

function unsigned(value: number): number[] {
  const low = value % 128;
  return value < 128 ? [low] : [low + 128, ...unsigned(Math.floor(value / 128))];
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
