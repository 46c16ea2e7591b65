import { createHash } from "node:crypto";
import type { Extension } from "../core/extension.ts";

/**
 * The id of a task in another published copy: two extensions of one organisation cannot bring the
 * same task id. Made from the own id and the copy's name as RFC 9562 makes version 5.
 */
export function copiedTaskId(id: string, { publisher, name }: Extension): string {
  const bytes = createHash("sha1")
    .update(Buffer.from(id.replaceAll("-", ""), "hex"))
    .update(`${publisher}.${name}`.toLowerCase())
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => hex.slice(from, to))
    .join("-");
}
