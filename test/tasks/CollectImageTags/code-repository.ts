import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Registries } from "../../../clients/registry/registry.ts";
import type { ImageTags } from "../../../core/images/tagged-image.ts";
import type { Inputs } from "../../../tasks/CollectImageTags/inputs.ts";
import { run } from "../../../tasks/CollectImageTags/run.ts";

export type CodeRepository = ReturnType<typeof codeRepository>;

/** A code repository with images, and CollectImageTags on it. */
export function codeRepository(images: string) {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-code-"));
  const lists = mkdtempSync(join(tmpdir(), "fluxgate-lists-"));
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  const put = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  const commit = (files: Readonly<Record<string, string>> = {}) => {
    put(files);
    git("add", "-A");
    git("commit", "-q", "-m", "change", "--allow-empty");
  };
  let count = 0;
  git("init", "-q", "-b", "main");
  commit({
    "fluxgate.yaml": `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
images:
${images}
apps: [{ name: api, render: [{ copy: { path: deploy } }] }]
environments: [{ name: dev }]
`,
  });
  return {
    folder,
    git,
    put,
    commit,
    link: (path: string, target: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      symlinkSync(target, join(folder, path));
    },
    mode: (path: string, mode: number) => chmodSync(join(folder, path), mode),
    remove: () => {
      for (const each of [folder, lists]) rmSync(each, { recursive: true, force: true });
    },
    /** Runs the task; `previousFile` is a list that it wrote before. */
    collect: async (given: Partial<Inputs> & { readonly registries?: Registries } = {}) => {
      const { registries, ...inputs } = given;
      const outputFile = join(lists, `list-${(count += 1)}.json`);
      const log: string[] = [];
      const line = (text: string) => void log.push(text);
      const { outputs } = await run(
        {
          deliveryFile: join(folder, "fluxgate.yaml"),
          ...{ outputFile, previousFile: undefined, ...inputs },
        },
        {
          log: { info: line, warn: (text) => line(`warning: ${text}`), debug: line },
          ...(registries ? { registries } : {}),
        },
      );
      const { images: listed } = JSON.parse(readFileSync(outputFile, "utf8")) as ImageTags;
      const toBuild = String(outputs["toBuild"]).split(",").filter(Boolean);
      return { outputFile, outputs, log: log.join("\n"), images: listed, toBuild };
    },
  };
}
