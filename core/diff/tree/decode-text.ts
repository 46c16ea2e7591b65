/** Larger files are named, not read. */
export const largestFile = 32 * 1024 * 1024;

/** The text of a file's bytes, or why it is none: other characters never stand in for wrong bytes. */
export function decodeText(
  bytes: Uint8Array,
): { readonly text: string } | { readonly unread: string } {
  if (bytes.length > largestFile) return { unread: "the file is larger than 32 MiB" };
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { unread: "this is UTF-16 text: save the file as UTF-8" };
  }
  if (bytes.includes(0)) return { unread: "this is no text (it holds the byte 0)" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const line = lineOfWrongByte(bytes);
    return { unread: `this is no UTF-8 text (line ${line}): save the file as UTF-8` };
  }
}

function lineOfWrongByte(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let at = 0, line = 1; at < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, at);
    const next = end < 0 ? bytes.length : end + 1;
    try {
      decoder.decode(bytes.subarray(at, next));
    } catch {
      return line;
    }
    at = next;
  }
  return 1;
}
