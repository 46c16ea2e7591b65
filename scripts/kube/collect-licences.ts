import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Licences and notices of every Go module that is compiled in, one after another, and Go's own. */
export function collectLicences(
  source: string,
  environment: Readonly<Record<string, string>>,
): string {
  const options = {
    cwd: source,
    encoding: "utf8",
    env: { ...process.env, ...environment },
    maxBuffer: 64 * 1024 * 1024,
  } as const;
  const form = "{{with .Module}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}";
  const listed = spawnSync("go", ["list", "-deps", "-f", form, "./build", "./validate"], options);
  const root = spawnSync("go", ["env", "GOROOT"], options).stdout.trim();
  const modules = [...new Set(listed.stdout.split("\n").filter((line) => line.includes("\t")))]
    .map((line) => line.split("\t"))
    .filter(([path]) => path !== "fluxgate.dev/kube");
  // Most have the same words: these are there once, below the names of all that they are for.
  const named = new Map<string, string[]>();
  for (const [path = "", version = "", folder = ""] of [["Go", "", root], ...modules]) {
    const texts = readdirSync(folder, { withFileTypes: true })
      .filter((each) => each.isFile() && /^(licen[cs]e|notice|copying|patents)/i.test(each.name))
      .map(({ name }) => readFileSync(join(folder, name), "utf8").trim());
    const whole = texts.join("\n\n");
    named.set(whole, [...(named.get(whole) ?? []), `${path} ${version}`.trim()]);
  }
  return [...named]
    .map(([text, names]) => `${names.join("\n")}\n\n${text}`)
    .join(`\n\n${"=".repeat(80)}\n\n`);
}
