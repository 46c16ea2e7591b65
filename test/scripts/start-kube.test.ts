import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { makeKubeBeside } from "../../scripts/start/kube-beside.ts";
import { cacheDirectory } from "../../scripts/tools/cache.ts";
import { ensureAgentTools } from "../../scripts/tools.ts";
import { eventually } from "../support/eventually.ts";

// On a machine that has never made the modules: a cache without them, and a Go of the test's own.
describe("npm start without Flux's own code", function () {
  this.timeout(240_000);
  const own = { PATH: process.env["PATH"], FLUXGATE_CACHE: process.env["FLUXGATE_CACHE"] };
  let scratch = "";
  before(async function () {
    if (process.platform === "win32") this.skip();
    await ensureAgentTools();
    await ensureBuilt(["hub", "portal", "tasks", "connector"]);
  });
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), "fluxgate-beside-"));
    const cache = join(scratch, "cache");
    mkdirSync(cache);
    for (const name of readdirSync(cacheDirectory()).filter((one) => !one.startsWith("kube-"))) {
      symlinkSync(join(cacheDirectory(), name), join(cache, name));
    }
    process.env["FLUXGATE_CACHE"] = cache;
  });
  afterEach(() => {
    for (const [name, value] of Object.entries(own)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(scratch, { recursive: true, force: true });
  });

  /** A Go that has a version, and for all else this line of a shell. */
  function useGo(line: string): void {
    const bin = join(scratch, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "go"), `#!/bin/sh\n[ "$1" = version ] && exit 0\n${line}\n`);
    chmodSync(join(bin, "go"), 0o755);
    process.env["PATH"] = [bin, own.PATH].join(delimiter);
  }

  it("is ready while it is still being made, says so, and ends that too", async () => {
    const pidFile = join(scratch, "go.pid");
    useGo(`echo $$ > ${pidFile}; exec sleep 600`);
    const start = spawn(
      process.execPath,
      ["--import", "tsx", "scripts/start.ts", "--port", "0", "--no-demo"],
      {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, TMPDIR: scratch },
      },
    );
    const ended = once(start, "exit");
    let output = "";
    for (const stream of [start.stdout, start.stderr]) {
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    }
    const isReady = () => (/^Ready\.$/m.test(output) && existsSync(pidFile) ? true : undefined);
    await eventually("it to be ready", isReady, { withinMs: 180_000 });
    assert.match(output, /is made beside by Go .*until then .*"its effect is not known here"/);
    const pid = Number(readFileSync(pidFile, "utf8"));
    assert.equal(isAlive(pid), true);
    start.kill("SIGINT");
    const [code] = (await ended) as [number | null];
    assert.equal(code, 0, output);
    await eventually("the end of Go", () => (isAlive(pid) ? undefined : true));
    assert.deepEqual(partsIn(join(scratch, "cache")), []);
  });

  it("says why where it cannot be made, as without a network", async () => {
    useGo("echo 'dial tcp: no route to host' >&2; exit 1");
    const said: string[] = [];
    const beside = makeKubeBeside((line) => said.push(line)) ?? assert.fail("there is a Go");
    assert.equal(await beside.made, false);
    assert.match(said.at(-1) ?? "", /was not made, and all else works without.*no route to host/);
    await beside.stop();
    assert.deepEqual(partsIn(join(scratch, "cache")), []);
  });

  it("says what Go itself says where its modules cannot be reached, and goes on", async function () {
    if (spawnSync("go", ["version"]).status !== 0) return this.skip();
    const script = `
      import { ensureJsonnet } from ${JSON.stringify(resolve("scripts/tools.ts"))};
      import { ensureKube } from ${JSON.stringify(resolve("scripts/kube/ensure-kube.ts"))};
      const tried = [await ensureJsonnet(), await ensureJsonnet()];
      const made = await ensureKube().catch((cause) => cause.message);
      console.log(JSON.stringify({ tried, made }));`;
    const file = join(scratch, "offline.mts");
    writeFileSync(file, script);
    mkdirSync(join(scratch, "empty"));
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", file], {
      encoding: "utf8",
      env: {
        ...process.env,
        ...{ GOPROXY: "http://127.0.0.1:9", GOTOOLCHAIN: "local", GOFLAGS: "-modcacherw" },
        ...{ GOMODCACHE: join(scratch, "modules"), FLUXGATE_CACHE: join(scratch, "empty") },
      },
    });
    const { tried, made } = JSON.parse(stdout || "{}") as Record<string, unknown>;
    assert.deepEqual(tried, [null, null], stderr);
    assert.equal(stderr.match(/Failed to build go-jsonnet: .*127\.0\.0\.1:9/g)?.length, 1, stderr);
    assert.match(String(made), /own code: .*k8s\.io.*127\.0\.0\.1:9/);
  });

  it("takes helm and kubectl of the machine where none can be downloaded", () => {
    const bin = join(scratch, "own");
    mkdirSync(bin);
    const script = `
      import { ensureTools } from ${JSON.stringify(resolve("scripts/tools.ts"))};
      console.log(await ensureTools().then(({ helm }) => helm, (cause) => cause.hint));`;
    const file = join(scratch, "tools.mts");
    writeFileSync(file, script);
    const run = () =>
      spawnSync(process.execPath, ["--import", "tsx", file], {
        encoding: "utf8",
        env: {
          ...process.env,
          ...{ npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" },
          ...{ FLUXGATE_CACHE: join(scratch, "empty"), npm_config_cache: join(scratch, "npm") },
          PATH: [bin, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
        },
      });
    mkdirSync(join(scratch, "empty"));
    if (!existsSync("/usr/bin/helm")) {
      assert.match(run().stdout, /registry can be reached, or put helm and kubectl on PATH/);
    }
    for (const name of ["helm", "kubectl"]) {
      writeFileSync(join(bin, name), "#!/bin/sh\n");
      chmodSync(join(bin, name), 0o755);
    }
    const { stdout, stderr } = run();
    assert.equal(stdout.trim(), join(bin, "helm"), stderr);
    assert.match(stderr, /Failed to download tool package .*: \S.*Those on PATH are taken/s);
  });

  it("says that it goes without where there is no Go", () => {
    process.env["PATH"] = join(scratch, "nothing");
    const said: string[] = [];
    assert.equal(
      makeKubeBeside((line) => said.push(line)),
      undefined,
    );
    assert.match(
      said.join(),
      /no Go to make it \(npm run kube\): the review .*API server's own code was not asked.*judges whole Kustomizations/,
    );
  });
});

function partsIn(cache: string): readonly string[] {
  return readdirSync(cache).filter((name) => name.startsWith("kube-"));
}

// A process that has ended and that nobody has asked after is none.
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
  return !/\) Z /.test(stat);
}
