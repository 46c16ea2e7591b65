import { existsSync, realpathSync } from "node:fs";
import { stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { InputError } from "../../core/errors.ts";

/** The file that running a tool by its name runs, links resolved; undefined: there is none. */
export function findTool(tool: string): string | undefined {
  const names = process.platform === "win32" ? [`${tool}.exe`, tool] : [tool];
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name);
      if (existsSync(file)) return realpathSync.native(file);
    }
  }
  return undefined;
}

/**
 * Lets this process take its tools from a folder before it looks on PATH: a download of one's own,
 * a package, a share. Nothing is fetched.
 * @throws InputError when there is no such folder.
 */
export async function preferTools(folder: string): Promise<void> {
  const path = resolve(folder);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) {
    const message = `Failed to read the tools' folder ${folder}: there is no such folder`;
    throw new InputError([{ message }]);
  }
  process.env["PATH"] = [path, process.env["PATH"] ?? ""].join(delimiter);
}
