import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

const byteOrderMark = "\ufeff";

/**
 * Files that are not as their render recorded them: somebody changed them since.
 * @param files by path, as the index names them
 * @param recorded sha256 of the bytes, by path
 */
export function editedFiles(
  files: ReadonlyMap<string, string>,
  recorded: Readonly<Record<string, string>>,
): readonly string[] {
  return [...files]
    .filter(([path, text]) => {
      const known = Object.hasOwn(recorded, path) ? recorded[path] : undefined;
      return known !== undefined && !isAsRecorded(text, known);
    })
    .map(([path]) => path);
}

/**
 * Whether a text is the recorded one, but for what nobody edits: a mark that reading it took away, and
 * ends of lines, which git turns where `.gitattributes` (`text`, `eol`) or a client's autocrlf says so.
 * Of a text that had both kinds of them git keeps no trace; one in LF alone counts as edited then.
 */
export function isAsRecorded(text: string, recorded: string): boolean {
  const isRecorded = (form: string) =>
    hexOf(form) === recorded || hexOf(`${byteOrderMark}${form}`) === recorded;
  if (isRecorded(text)) return true;
  const lines = text.replaceAll("\r\n", "\n");
  return (lines !== text && isRecorded(lines)) || isRecorded(lines.replaceAll("\n", "\r\n"));
}

function hexOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
