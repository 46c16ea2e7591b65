import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const docker = `#!/bin/sh
echo "##vso[task.logissue type=warning]Not done here: the sandbox has no container engine. Recorded only: docker $*"
echo "##vso[build.addbuildtag]images-not-built"
`;

/** Writes the programs that say what the sandbox does not do; returns their folder. */
export async function writeStubs(workDirectory: string): Promise<string> {
  const folder = join(workDirectory, "stubs");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "docker"), docker, { mode: 0o755 });
  return folder;
}
