import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes the programs that say what the sandbox does not do; returns their folder. */
export async function writeStubs(workDirectory: string, registryUrl: string): Promise<string> {
  const folder = join(workDirectory, "stubs");
  await mkdir(folder, { recursive: true });
  const push = join(folder, "push.mjs");
  await writeFile(push, pushScript(registryUrl));
  await writeFile(join(folder, "docker"), docker(push), { mode: 0o755 });
  return folder;
}

const docker = (push: string) => `#!/bin/sh
echo "##vso[task.logissue type=warning]Not done here: the sandbox has no container engine. Recorded only: docker $*"
echo "##vso[build.addbuildtag]images-not-built"
exec "${process.execPath}" "${push}" "$@"
`;

// What is pushed stands in the sandbox's registry, as far as its manifest goes.
const pushScript = (registryUrl: string) => `
const words = process.argv.slice(2);
const isBuild = words.includes("build");
const after = (name) => words.flatMap((word, at) => (word === name ? [words[at + 1]] : []));
const tags = words[0] === "push" ? words.slice(-1) : isBuild && words.includes("--push") ? after("--tag") : [];
for (const reference of tags) {
  const [, name, tag] = /^(.*?)(?::([^/:]+))?$/.exec(reference);
  const [first, ...rest] = name.split("/");
  const repository = rest.length > 0 && /[.:]|^localhost$/.test(first) ? rest.join("/") : name;
  const path = repository.includes("/") || name !== repository ? repository : "library/" + repository;
  const answer = await fetch("${registryUrl}/v2/" + path + "/manifests/" + (tag ?? "latest"), {
    method: "PUT",
    body: JSON.stringify({ recorded: reference }),
  });
  console.log(reference + ": digest: " + answer.headers.get("docker-content-digest"));
}
`;
