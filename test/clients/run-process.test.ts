import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { runByStarter } from "../../clients/run-by-starter.ts";
import { runDirectly } from "../../clients/run-directly.ts";
import { runProcess } from "../../clients/run-process.ts";
import { eventually } from "../support/eventually.ts";
import { toolEnvironment } from "../../rendering/processes/tool-environment.ts";

const here = { cwd: tmpdir(), env: {} };

for (const [way, by] of Object.entries({ directly: runDirectly, "by a starter": runByStarter })) {
  describe(`running a program ${way}`, () => {
    const node = (script: string, limits = {}) =>
      runProcess({ command: process.execPath, args: ["-e", script], ...here, limits }, by);

    it("gives code, stdout and stderr; another code than 0 is a result", async () => {
      const result = await node("console.log('out'); console.error('err'); process.exitCode = 3");
      const { code, stdout, stderr } = result;
      assert.deepEqual([code, stdout, stderr], [3, "out\n", "err\n"]);
    });

    it("passes arguments as they are, through no shell", async () => {
      const args = ["-e", "console.log(process.argv[1])", "--", '$(id); `id` && "x"'];
      const result = await runProcess({ command: process.execPath, args, ...here }, by);
      assert.equal(result.stdout, '$(id); `id` && "x"\n');
    });

    it("ends what takes too long, its children included", async () => {
      const folder = mkdtempSync(join(tmpdir(), "fluxgate-test-process-"));
      const note = join(folder, "pid");
      const args = ["-c", 'sleep 600 & echo $! > "$0"; wait', note];
      const request = {
        command: "sh",
        args,
        cwd: folder,
        env: { PATH: process.env["PATH"] ?? "" },
      };
      await assert.rejects(runProcess({ ...request, limits: { timeoutMs: 2000 } }, by), {
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
      await assert.rejects(runProcess(request, by), { code: "tool-missing" });
    });

    it("reads what it is given, and bytes come back as they are", async () => {
      const input = Buffer.from([0, 255, 13, 10, 128]);
      const request = { command: "cat", args: [], cwd: tmpdir(), env: { PATH: "/usr/bin:/bin" } };
      const { bytes } = await runProcess({ ...request, input }, by);
      assert.deepEqual(bytes, input);
    });

    it("is refused where no system takes the arguments, and the next one runs", async () => {
      await assert.rejects(node("\0"), /null bytes/);
      assert.equal((await node("console.log(1)")).stdout, "1\n");
    });
  });
}

describe("a small process that starts programs", () => {
  it("ends what it started when the large one is killed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fluxgate-test-process-"));
    const note = join(folder, "pid");
    const module = JSON.stringify(pathToFileURL(resolve("clients/run-by-starter.ts")).href);
    const program = { command: "sh", args: ["-c", 'echo $$ > "$0"; exec sleep 600', note] };
    const whole = { ...program, cwd: folder, env: { PATH: "/usr/bin:/bin" }, maxOutput: 1 };
    const script = `const { runByStarter } = await import(${module});
      void runByStarter(${JSON.stringify(whole)}, () => setTimeout(() => {}, 600_000));`;
    const args = ["--import", "tsx", "--input-type=module", "-e", script];
    const large = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    const pid = await eventually("the program has started", () => {
      const said = existsSync(note) ? readFileSync(note, "utf8") : "";
      return said.endsWith("\n") ? Number(said) : undefined;
    });
    large.kill("SIGKILL");
    await eventually("the program is gone", () => isGone(pid) || undefined);
    rmSync(folder, { recursive: true });
  });

  it("ends what ran when it is ended itself, and another one takes its place", async () => {
    const limits = { ...here, env: { PATH: "/usr/bin:/bin" }, maxOutput: 1024 };
    let group = 0;
    const started = runByStarter({ command: "sleep", args: ["600"], ...limits }, (id) => {
      group = id;
      process.kill(parentOf(id), "SIGKILL");
    });
    await assert.rejects(started, /the process that starts programs has ended/);
    await eventually("what ran is gone", () => isGone(group) || undefined);
    const next = await runByStarter({ command: "echo", args: ["hi"], ...limits }, () => {});
    assert.equal(next.stdout.toString("utf8"), "hi\n");
  });
});

describe("the environment of a tool", () => {
  it("has no token, no kubeconfig and homes of its own", () => {
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

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}
