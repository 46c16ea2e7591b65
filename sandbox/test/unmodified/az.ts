import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Az = {
  /** What the command prints, as JSON. @throws with what it complains about */
  readonly json: <T>(...args: readonly string[]) => Promise<T>;
  /** For commands that answer with a sentence. */
  readonly text: (...args: readonly string[]) => Promise<string>;
  readonly close: () => void;
};

/** The Azure CLI with a home of its own, signed in as one of the sandbox's identities. */
export function azFor(organisationUrl: string, token = "sandbox-developer"): Az {
  const home = mkdtempSync(join(tmpdir(), "fluxgate-az-"));
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    AZURE_CONFIG_DIR: join(home, ".azure"),
    AZURE_CORE_COLLECT_TELEMETRY: "no",
    AZURE_CORE_NO_COLOR: "1",
    AZURE_DEVOPS_EXT_PAT: token,
  };
  const run = (args: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      const all = [...args, "--organization", organisationUrl, "--output", "json"];
      execFile("az", all, { env, timeout: 120_000 }, (error, stdout, stderr) => {
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
