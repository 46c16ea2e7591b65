import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { progress } from "../progress.ts";

const root = join(import.meta.dirname, "../..");

const rendering = ["core", "clients", "kube", "rendering"] as const;

/** The parts of dist/, each with the folders that it is built from and a file that it leaves. */
export const parts = {
  hub: { sources: ["core", "clients", "kube", "hub"], result: "hub/review.js" },
  portal: { sources: ["sandbox/portal"], result: "portal/portal.js" },
  tasks: { sources: [...rendering, "tasks", "images"], result: "tasks/package.json" },
  connector: { sources: ["core", "clients", "kube", "connector"], result: "connector/main.mjs" },
  cli: { sources: [...rendering, "cli"], result: "cli/fluxgate.mjs" },
} as const;

export type PartName = keyof typeof parts;

const ensured = new Set<PartName>();

/**
 * Builds those of the parts whose sources differ from what dist/ was built from. A process looks
 * once: hundreds of tests ask.
 */
export async function ensureBuilt(names: readonly PartName[]): Promise<void> {
  const stale = names
    .filter((name) => !ensured.has(name))
    .map((name) => ({ name, inputs: inputsOf(name) }))
    .filter(({ name, inputs }) => inputs !== builtFrom(name));
  if (stale.length > 0) {
    const done = progress(`Building ${stale.map(({ name }) => name).join(", ")}`);
    await runWebpack(stale.map(({ name }) => name));
    for (const { name, inputs } of stale) writeFileSync(stampOf(name), inputs);
    done();
  }
  for (const name of names) ensured.add(name);
}

async function runWebpack(names: readonly PartName[]): Promise<void> {
  const binary = join(root, "node_modules/webpack-cli/bin/cli.js");
  const args = names.flatMap((name) => ["--config-name", name]);
  const child = spawn(process.execPath, [binary, ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0)
    throw new Error(`Failed to build ${names.join(", ")}: webpack ended with ${code}.`);
}

function inputsOf(name: PartName): string {
  const common = ["webpack.config.js", "package-lock.json", "vss-extension.json"];
  const paths = [...parts[name].sources, ...common];
  const listed = execFileSync(
    "git",
    [
      "ls-files",
      "-z",
      "--cached",
      "--others",
      "--exclude-standard",
      "--deduplicate",
      "--",
      ...paths,
    ],
    { cwd: root, encoding: "utf8" },
  );
  const hash = createHash("sha256");
  for (const path of listed.split("\0").filter(Boolean).sort()) {
    const file = join(root, path);
    if (existsSync(file)) hash.update(path).update("\0").update(readFileSync(file));
  }
  return hash.digest("hex");
}

function builtFrom(name: PartName): string | undefined {
  const there = existsSync(join(root, "dist", parts[name].result)) && existsSync(stampOf(name));
  return there ? readFileSync(stampOf(name), "utf8") : undefined;
}

function stampOf(name: PartName): string {
  return join(root, "dist", `.${name}.built-from`);
}
