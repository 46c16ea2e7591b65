import { createHash } from "node:crypto";

/** The same name gives the same GUID in every run, so that addresses can be kept. */
export function guidOf(...names: readonly string[]): string {
  const hex = createHash("sha1").update(names.join("\0")).digest("hex");
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16).padStart(2, "0");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
