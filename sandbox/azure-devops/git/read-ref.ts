// Refs read from the files where git keeps them: a process for each would make lists slow.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const notFiles = ["ENOENT", "EISDIR", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"];

/** The object that a ref names; undefined when there is no such ref. */
export async function readRef(directory: string, ref: string): Promise<string | undefined> {
  if (!/^(HEAD$|refs\/)/.test(ref) || ref.split("/").includes("..")) return undefined;
  const loose = await readText(join(directory, ref));
  if (loose !== undefined) {
    const [, other] = /^ref: (.*)$/.exec(loose.trim()) ?? [];
    return other === undefined ? loose.trim() : readRef(directory, other);
  }
  return (await readPackedRefs(directory)).get(ref);
}

/** Name → object of the refs that git has put into one file. */
export async function readPackedRefs(directory: string): Promise<ReadonlyMap<string, string>> {
  const text = (await readText(join(directory, "packed-refs"))) ?? "";
  const lines = text.split("\n").filter((line) => /^[0-9a-f]{40} /.test(line));
  return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
}

// A folder of that name is no ref either.
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (notFiles.includes(code)) return undefined;
    throw error;
  }
}
