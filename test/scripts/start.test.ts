import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";
import { ensureTools } from "../../scripts/tools.ts";
import { eventually } from "../support/eventually.ts";

const command = ["--import", "tsx", "scripts/start.ts"];

describe("npm start", () => {
  let scratch: string;
  let child: ChildProcess | undefined;
  before(async () => {
    await ensureTools();
    await ensureBuilt(["hub", "portal", "tasks", "connector"]);
    scratch = mkdtempSync(join(tmpdir(), "fluxgate-start-"));
  });
  after(() => {
    child?.kill("SIGKILL");
    rmSync(scratch, { recursive: true, force: true });
  });

  it("shows where everything is, lets the run wait, and leaves nothing behind", async () => {
    let output = "";
    const { FLUXGATE_CACHE, XDG_CACHE_HOME, ...env } = process.env;
    child = spawn(process.execPath, [...command, "--port", "0"], {
      ...{ stdio: ["ignore", "pipe", "pipe"], detached: true },
      env: {
        ...env,
        TMPDIR: scratch,
        ...(FLUXGATE_CACHE ? { FLUXGATE_CACHE } : {}),
        ...(XDG_CACHE_HOME ? { XDG_CACHE_HOME } : {}),
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const ended = once(child, "exit");
    await eventually("it to be ready", () => (/^Ready\.$/m.test(output) ? true : undefined), {
      withinMs: 120_000,
    });

    const line = (name: string) => new RegExp(`^${name}: (\\S+)$`, "m").exec(output)?.[1] ?? "";
    const portal = await fetch(line("Portal"));
    assert.match(await portal.text(), /<title>Fluxgate sandbox/);
    assert.match(line("Hub"), /_apps\/hub\/fluxgate\.fluxgate\.environments$/);
    const organisation = await fetch(`${line("Organisation")}/_apis/projects`, {
      headers: { Authorization: `Basic ${btoa(":sandbox-reader")}` },
    });
    assert.equal(organisation.status, 200);
    if (await kubeFromCache()) {
      const said = await issuesOfRun(`${line("Organisation")}/shop/_apis/build/builds`);
      assert.deepEqual(said, []);
    }
    const { kubectl } = await ensureTools();
    const nodes = spawnSync(kubectl, ["--kubeconfig", line("Kubeconfig"), "version"], {
      encoding: "utf8",
      timeout: 20_000,
    });
    assert.equal(nodes.status, 0, nodes.stderr);
    assert.match(output, /The run waits at dev, no agent is held/);

    // As a terminal does: all that it started get it too.
    process.kill(-(child.pid ?? 0), "SIGINT");
    const [code] = (await ended) as [number | null];
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /The connector has ended/);
    assert.deepEqual(
      readdirSync(scratch).filter((name) => name.startsWith("fluxgate-")),
      [],
    );
    await assert.rejects(fetch(line("Portal")));
  });

  it("leaves nothing behind when it is ended while it still starts", async () => {
    const start = spawn(process.execPath, [...command, "--port", "0"], {
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, TMPDIR: scratch },
      detached: true,
    });
    const ended = once(start, "exit");
    let output = "";
    start.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const loops = () => readdirSync(scratch).filter((name) => name.startsWith("fluxgate-loop-"));
    await eventually("it to begin", () => (loops().length > 0 ? true : undefined), {
      withinMs: 60_000,
    });
    // As a terminal does it: everybody of the group gets it, and whoever wraps passes it on too.
    process.kill(-(start.pid ?? 0), "SIGINT");
    start.kill("SIGINT");
    const [code] = (await ended) as [number | null];
    assert.equal(code, 0);
    assert.deepEqual(loops(), []);
    assert.doesNotMatch(output, /^Ready\.$/m);
  });

  it("says so when the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const start = spawn(process.execPath, [...command, "--port", String(port)], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, TMPDIR: scratch },
    });
    let stderr = "";
    start.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(start, "exit")) as [number | null];
    other.close();
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`Port ${port} is taken by another process.*--port 0`, "s"));
  });

  it("refuses arguments that it does not know, all at once", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [...command, "--prot", "1", "--port", "x"],
      { encoding: "utf8", timeout: 30_000 },
    );
    assert.equal(status, 1);
    assert.match(stderr, /--prot is not an option/);
    assert.match(stderr, /--port needs a number from 0 to 65535, not "x"/);
  });
});

/** What the steps of the newest run say is wrong, before it waits. */
async function issuesOfRun(builds: string): Promise<readonly string[]> {
  const headers = { Authorization: `Basic ${btoa(":sandbox-reader")}` };
  const read = async <T>(url: string) => (await (await fetch(url, { headers })).json()) as T;
  const { value } = await read<{ readonly value: readonly { readonly id: number }[] }>(builds);
  const timeline = await read<{
    readonly records: readonly { readonly issues?: readonly { readonly message: string }[] }[];
  }>(`${builds}/${value[0]?.id}/timeline`);
  return timeline.records.flatMap(({ issues = [] }) => issues.map(({ message }) => message));
}
