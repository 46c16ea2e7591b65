import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { eventually } from "../support/eventually.ts";

export type LogLine = { readonly level: number; readonly msg: string; readonly code?: string } & {
  readonly [field: string]: unknown;
};

/** The built connector as a user starts it: a process of its own, with only the environment given. */
export type ConnectorRun = {
  /** All that it wrote, for looking for what must not be there. */
  readonly output: () => string;
  readonly lines: () => readonly LogLine[];
  /** Waits for a line of the log. */
  readonly says: (pattern: RegExp) => Promise<LogLine>;
  /** Waits for its end; the exit code. */
  readonly ended: () => Promise<number | null>;
  /** Asks it to end, as Kubernetes does. */
  readonly terminate: () => void;
  readonly stop: () => Promise<void>;
};

const patience = { withinMs: 18_000, everyMs: 20 };

export function runConnector(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  longestMs = 60_000,
): ConnectorRun {
  const child = spawn(process.execPath, ["dist/connector/main.mjs", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], ...env },
    timeout: longestMs,
    killSignal: "SIGKILL",
  });
  let output = "";
  const lines: LogLine[] = [];
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  createInterface({ input: child.stdout }).on("line", (line) => {
    output += `${line}\n`;
    lines.push(JSON.parse(line) as LogLine);
  });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const ended = () =>
    eventually("the connector's end", () => child.exitCode ?? undefined, patience).then(
      () => closed,
      (error: unknown) => {
        throw new Error(`${String(error)}; it said ${output}`);
      },
    );
  return {
    output: () => output,
    lines: () => lines,
    says: (pattern) =>
      eventually(
        `the connector to say ${pattern.source}; it said ${output}`,
        () => lines.find(({ msg }) => pattern.test(msg)),
        patience,
      ).catch((error: unknown) => {
        throw new Error(`${String(error)}; it said ${output}`);
      }),
    ended,
    terminate: () => void child.kill("SIGTERM"),
    stop: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

/** A folder of one test, with the files that its connector reads. */
export function connectorFolder() {
  const directory = mkdtempSync(join(tmpdir(), "fluxgate-connector-"));
  return {
    write: (name: string, text: string) => {
      const file = join(directory, name);
      writeFileSync(file, text);
      return file;
    },
    path: (name: string) => join(directory, name),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export function configText(of: {
  readonly organisationUrl: string;
  readonly kubeconfig?: string;
  readonly repositories?: readonly string[];
  readonly port?: number;
  readonly more?: object;
}): string {
  const { organisationUrl, kubeconfig, repositories = ["manifests"], port = 0 } = of;
  return JSON.stringify(
    {
      apiVersion: "fluxgate.dev/v1",
      kind: "ConnectorConfig",
      azureDevOps: { organisationUrl },
      listen: { host: "127.0.0.1", port },
      repositories: repositories.map((name) => ({ name, project: "shop", repository: name })),
      clusters: [{ name: "west", ...(kubeconfig === undefined ? {} : { kubeconfig }) }],
      environments: repositories.map((repository, index) => ({
        name: `env${index}`,
        repository,
        clusters: [{ name: "west" }],
      })),
      timings: { letters: "300ms", discovery: "300ms", look: "300ms" },
      ...of.more,
    },
    undefined,
    1,
  );
}

/** Reaches whatever listens at the address, with a token. */
export function kubeconfigText(server: string): string {
  const name = "west";
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name, user: { token: "cluster-secret" } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  });
}

/** A port of this machine that nobody listens on. */
export async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
