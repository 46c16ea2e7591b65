import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { run } from "../../../tasks/OpenManifestsPR/run.ts";
import type { Inputs } from "../../../tasks/OpenManifestsPR/inputs.ts";
import { type RenderOptions, writeRender } from "./a-render.ts";
import { startManifestsServer } from "./manifests-server.ts";

export type Harness = Awaited<ReturnType<typeof startHarness>>;
type Deploy = Omit<RenderOptions, "organisationUrl"> & { readonly inputs?: Partial<Inputs> };

/** A manifests repository whose `main` holds a README, and a way to run the task against it. */
export async function startHarness() {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-pr-"));
  const bare = join(folder, "manifests.git");
  execFileSync("git", ["init", "-q", "--bare", "-b", "main", bare]);
  execFileSync("git", ["-C", bare, "config", "http.receivepack", "true"]);
  const server = await startManifestsServer(bare);
  const log: string[] = [];
  let clock = 1_700_000_000_000;

  /** Commits files on top of a branch as somebody else would; null deletes. */
  function commit(branch: string, files: Readonly<Record<string, string | null>>): string {
    const head = server.headOf(`refs/heads/${branch}`);
    const lines = Object.entries(files).map(([path, text]) =>
      text === null
        ? `D ${path}\n`
        : `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    );
    const from = head === "" ? "" : `from ${head}\n`;
    const message = "By hand";
    const input = `commit refs/heads/${branch}\ncommitter a <a@b> 1 +0000\ndata ${message.length}\n${message}\n${from}${lines.join("")}`;
    execFileSync("git", ["-C", bare, "fast-import", "--quiet"], { input });
    return server.headOf(`refs/heads/${branch}`);
  }
  commit("main", { "README.md": "hello\n" });

  async function deploy({ inputs = {}, ...render }: Deploy) {
    const { organisationUrl } = server;
    const renderedFolder = join(folder, "rendered");
    writeRender(renderedFolder, { ...render, organisationUrl });
    const tempFolder = join(folder, "temp");
    mkdirSync(tempFolder, { recursive: true });
    return run(
      {
        environment: "dev",
        renderedFolder,
        project: "shop",
        repository: "shop-manifests",
        targetBranch: "main",
        allowEmpty: false,
        run: {
          organisationUrl,
          project: "shop",
          build: render.build,
          buildNumber: `20261123.${render.build}`,
          definition: "shop-cd",
          sourceRepository: "shop",
          sourceVersion: "0123456789012345678901234567890123456789",
        },
        ...inputs,
      },
      {
        ado: connectAzureDevOps({ organisationUrl, token: async () => "job-token" }),
        authorization: "Bearer job-token",
        log: {
          info: (line) => void log.push(line),
          warn: (line) => void log.push(`warning: ${line}`),
          debug: () => {},
        },
        now: () => (clock += 1000),
        tempFolder,
      },
    );
  }

  /** Completes a pull request whose source is ahead of main. */
  function merge(id: number) {
    const found = server.state.pullRequests[id - 1];
    if (found === undefined) throw new Error(`no pull request ${id}`);
    const head = server.headOf(found.sourceRefName);
    server.git("update-ref", "refs/heads/main", head);
    server.git("update-ref", "-d", found.sourceRefName);
    Object.assign(found, { status: "completed", lastMergeSourceCommit: { commitId: head } });
  }

  return {
    ...server,
    log,
    commit,
    deploy,
    merge,
    branches: () =>
      server.git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split("\n"),
    statuses: () => server.state.pullRequests.map(({ status }) => status),
    files: (commitId: string) => server.git("ls-tree", "-r", "--name-only", commitId).split("\n"),
    stop: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
