import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const hours = 26;

/**
 * Writes a time zone in which it is always another day than in UTC, and returns its file for TZ: so
 * that a template which prints today's date gives something else at once, not tomorrow.
 * The form is RFC 8536, version 1, with one type of local time; helm (Go) reads any offset.
 */
export function otherDay(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const name = Buffer.from("FLX\0", "latin1");
  const header = Buffer.alloc(44);
  header.write("TZif", "latin1");
  header.writeUInt32BE(1, 36);
  header.writeUInt32BE(name.length, 40);
  const type = Buffer.alloc(6);
  type.writeInt32BE(hours * 3600);
  const file = join(folder, "other-day");
  writeFileSync(file, Buffer.concat([header, type, name]));
  return file;
}
