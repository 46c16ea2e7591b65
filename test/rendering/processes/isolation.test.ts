import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { startIsolation } from "../../../rendering/processes/isolation.ts";
import type { Isolation } from "../../../rendering/processes/isolation.ts";
import { runProcess } from "../../../clients/run-process.ts";

describe("the isolation of tools", () => {
  let folder: string;
  let isolation: Isolation;
  const path = process.env["PATH"];
  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-test-isolation-"));
    for (const name of ["bin", "checkout", "scratch", "outside"]) mkdirSync(join(folder, name));
    const tool = join(folder, "bin/probe");
    writeFileSync(tool, '#!/bin/sh\neval "$1"\n');
    chmodSync(tool, 0o755);
    writeFileSync(join(folder, "checkout/a.yaml"), "in the checkout");
    writeFileSync(join(folder, "outside/secret"), "hunter2");
    process.env["PATH"] = [join(folder, "bin"), path].join(delimiter);
    isolation = await startIsolation(join(folder, "scratch"), {
      read: [join(folder, "checkout")],
      write: [join(folder, "scratch")],
      tools: ["probe"],
    });
    if (!isolation.applies) this.skip();
  });
  after(() => {
    isolation.close();
    process.env["PATH"] = path;
    rmSync(folder, { recursive: true });
  });
  const probe = (script: string) => {
    const cwd = join(folder, "checkout");
    const env = { PATH: isolation.path ?? "" };
    return runProcess({
      ...isolation.command("probe", [script], { cwd, maxMemory: 2 ** 31 }),
      cwd,
      env,
    });
  };

  it("runs a tool in its folder, and takes its exit code and output over", async () => {
    const { code, stdout, stderr } = await probe("cat a.yaml; echo no >&2; exit 3");
    assert.deepEqual([code, stdout, stderr], [3, "in the checkout", "no\n"]);
  });

  it("hides files that are not given", async () => {
    const { code, stdout } = await probe(`cat ${join(folder, "outside/secret")}`);
    assert.notEqual(code, 0);
    assert.equal(stdout, "");
    assert.equal(
      (await probe("ls -A /root /home /proc /etc/passwd 2>/dev/null")).stdout,
      "/proc:\n",
    );
  });

  it("lets the render's own folder be written, and not the checkout", async () => {
    assert.equal((await probe(`echo x > ${join(folder, "scratch/x")}`)).code, 0);
    assert.equal(readFileSync(join(folder, "scratch/x"), "utf8"), "x\n");
    assert.notEqual((await probe("echo x > a.yaml")).code, 0);
    assert.equal(readFileSync(join(folder, "checkout/a.yaml"), "utf8"), "in the checkout");
  });

  it("reaches no network, this machine's own included", async () => {
    const server = createServer((_request, response) => response.end("reached"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const script = `exec 3<>/dev/tcp/127.0.0.1/${port} && echo connected`;
    const { stdout } = await probe(`bash -c '${script}'`);
    server.close();
    assert.equal(stdout, "");
  });

  it("cannot mount anything to get out", async () => {
    assert.notEqual((await probe("mount -t tmpfs tmpfs /usr")).code, 0);
    assert.notEqual((await probe(`mount -o remount,rw ${join(folder, "checkout")}`)).code, 0);
  });
});
