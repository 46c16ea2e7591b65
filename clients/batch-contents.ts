import { TerminalError } from "../core/errors.ts";

/**
 * The files in what `git cat-file --batch` prints: `<id> blob <size>\n<bytes>\n` for each request.
 * @throws TerminalError `git-failed` for `<id> missing`, with which git ends well all the same: what
 * a clone lacks is no empty file.
 */
export function batchContents(bytes: Buffer): readonly Buffer[] {
  const contents: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const line = bytes.toString("latin1", at, end);
    const size = Number(line.split(" ")[2]);
    if (!Number.isInteger(size)) throw missingFrom(line);
    contents.push(bytes.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return contents;
}

function missingFrom(line: string): TerminalError {
  return new TerminalError(`Failed to read the files of a commit: git says "${line}".`, {
    code: "git-failed",
    hint: "This clone is not whole (`git fsck` lists what it lacks): clone it anew.",
  });
}
