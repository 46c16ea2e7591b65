import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

const byteOrderMark = "\ufeff";

/**
 * Files that are not as their render recorded them: somebody changed them since.
 * @param files by path, as the index names them; a mark that reading a text takes away may have stood
 * before it
 * @param recorded sha256 of the bytes, by path
 */
export function editedFiles(
  files: ReadonlyMap<string, string>,
  recorded: Readonly<Record<string, string>>,
): readonly string[] {
  return [...files]
    .filter(([path, text]) => {
      const known = Object.hasOwn(recorded, path) ? recorded[path] : undefined;
      if (known === undefined || known === hexOf(text)) return false;
      return known !== hexOf(`${byteOrderMark}${text}`);
    })
    .map(([path]) => path);
}

function hexOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
