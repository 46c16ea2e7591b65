import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sandbox } from "../../azure-devops/create-sandbox.ts";

export type Az = {
  /** What the command prints, as JSON. @throws with what it complains about */
  readonly json: <T>(...args: readonly string[]) => Promise<T>;
  /** For commands that answer with a sentence. */
  readonly text: (...args: readonly string[]) => Promise<string>;
  readonly close: () => void;
};

/** How to have one that talks to a sandbox; undefined where it cannot be installed. */
export type OpenAz = () => Promise<((sandbox: Sandbox, token?: string) => Promise<Az>) | undefined>;

/** The Azure CLI with a home of its own, signed in as one of the sandbox's identities. */
export function azFor(
  organisationUrl: string,
  token = "sandbox-developer",
  command: {
    readonly program: readonly [string, ...string[]];
    readonly env?: Readonly<Record<string, string>>;
  } = { program: ["az"] },
): Az {
  const home = mkdtempSync(join(tmpdir(), "fluxgate-az-"));
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    AZURE_CONFIG_DIR: join(home, ".azure"),
    AZURE_CORE_COLLECT_TELEMETRY: "no",
    AZURE_CORE_NO_COLOR: "1",
    AZURE_DEVOPS_EXT_PAT: token,
    ...command.env,
  };
  const [program, ...first] = command.program;
  const run = (args: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      const where = args[0] === "rest" ? [] : ["--organization", organisationUrl];
      const all = [...first, ...args, ...where, "--output", "json"];
      execFile(program, all, { env, timeout: 120_000 }, (error, stdout, stderr) => {
        if (error) reject(new Error(`az ${args.join(" ")}: ${stderr.trim() || error.message}`));
        else resolve(stdout);
      });
    });
  return {
    json: async <T>(...args: readonly string[]) => JSON.parse((await run(args)) || "null") as T,
    text: (...args) => run(args),
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}
