import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const loader = pathToFileURL(resolve("node_modules/tsx/dist/esm/index.mjs")).href;

/** Arguments for node to run a program of ours from any folder. */
export function typescript(program: string): readonly string[] {
  return ["--import", loader, resolve(program)];
}
