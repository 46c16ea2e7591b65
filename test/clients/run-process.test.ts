import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProcess } from "../../clients/run-process.ts";
import { eventually } from "../support/eventually.ts";
import { toolEnvironment } from "../../rendering/processes/tool-environment.ts";

const node = (script: string, limits = {}) =>
  runProcess({ command: process.execPath, args: ["-e", script], cwd: tmpdir(), env: {}, limits });

describe("running a program", () => {
  it("gives code, stdout and stderr; another code than 0 is a result", async () => {
    const result = await node("console.log('out'); console.error('err'); process.exitCode = 3");
    const { code, stdout, stderr } = result;
    assert.deepEqual([code, stdout, stderr], [3, "out\n", "err\n"]);
  });

  it("passes arguments as they are, through no shell", async () => {
    const args = ["-e", "console.log(process.argv[1])", "--", '$(id); `id` && "x"'];
    const result = await runProcess({ command: process.execPath, args, cwd: tmpdir(), env: {} });
    assert.equal(result.stdout, '$(id); `id` && "x"\n');
  });

  it("ends what takes too long, its children included", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fluxgate-test-process-"));
    const note = join(folder, "pid");
    const args = ["-c", 'sleep 600 & echo $! > "$0"; wait', note];
    const request = { command: "sh", args, cwd: folder, env: { PATH: process.env["PATH"] ?? "" } };
    await assert.rejects(runProcess({ ...request, limits: { timeoutMs: 2000 } }), {
      code: "timeout",
    });
    const pid = Number(readFileSync(note, "utf8"));
    await eventually("the child is gone", () => isGone(pid) || undefined);
    rmSync(folder, { recursive: true });
  });

  it("ends what writes or holds too much", async () => {
    const flood = "for (;;) require('fs').writeSync(1, 'x'.repeat(65536))";
    await assert.rejects(node(flood, { maxOutput: 1024 * 1024 }), {
      code: "tool-limit",
      message: /wrote more than 1 MiB/,
    });
    const hoard = "const a = []; setInterval(() => a.push(Buffer.alloc(2e6, 1)), 5)";
    await assert.rejects(node(hoard, { maxMemory: 150 * 1024 * 1024 }), {
      code: "tool-limit",
      message: /used more than 150 MiB/,
    });
  });

  it("says when there is no such program", async () => {
    const request = { command: "no-such-tool", args: [], cwd: tmpdir(), env: { PATH: "" } };
    await assert.rejects(runProcess(request), { code: "tool-missing" });
  });

  it("gives tools no token, no kubeconfig and homes of their own", () => {
    const env = toolEnvironment(tmpdir(), {
      PATH: "/bin",
      SYSTEM_ACCESSTOKEN: "secret",
      KUBECONFIG: "/home/x/.kube/config",
      HELM_CACHE_HOME: "/home/x/.cache",
      HTTPS_PROXY: "http://user:pass@proxy",
    });
    assert.equal(env["PATH"], "/bin");
    assert.notEqual(env["KUBECONFIG"], "/home/x/.kube/config");
    assert.ok(env["HELM_CACHE_HOME"]?.startsWith(tmpdir()));
    assert.deepEqual(
      Object.keys(env).filter((name) => /TOKEN|PROXY/.test(name)),
      [],
    );
  });
});

// A killed process without a parent that asks for it stays in the table as a zombie.
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return true;
  }
}
