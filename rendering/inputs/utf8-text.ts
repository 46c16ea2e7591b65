import { isUtf8 } from "node:buffer";
import { InputError } from "../../core/errors.ts";

/**
 * The text of a file's bytes. What is no UTF-8 is refused: decoding it anyway would put other
 * characters in its place.
 * @throws InputError with the line of the first wrong byte.
 */
export function utf8Text(bytes: Uint8Array, file: string): string {
  if (isUtf8(bytes)) return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const message = `this is ${isUtf16 ? "UTF-16" : "no UTF-8"} text: save the file as UTF-8`;
  throw new InputError([{ file, line: isUtf16 ? 1 : lineOfWrongByte(bytes), message }]);
}

function lineOfWrongByte(bytes: Uint8Array): number {
  let line = 1;
  for (let at = 0; at < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, at);
    const next = end < 0 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(at, next))) return line;
    at = next;
  }
  return line;
}
