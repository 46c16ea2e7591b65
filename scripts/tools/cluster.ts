import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TerminalError } from "../../core/errors.ts";
import { progress } from "../progress.ts";
import { takeFromCache } from "./cache.ts";

// A Go module without Go code: its `tool` block names what is built.
const goModule = resolve(import.meta.dirname, "../../sandbox/flux-real");
const flux = ["source", "kustomize", "helm", "notification"].map(
  (name) => `github.com/fluxcd/${name}-controller`,
);
const commands = [
  "go.etcd.io/etcd/server/v3",
  "k8s.io/kubernetes/cmd/kube-apiserver",
  "k8s.io/kubernetes/cmd/kube-controller-manager",
  "k8s.io/kubernetes/cmd/kube-scheduler",
  "sigs.k8s.io/kwok/cmd/kwok",
  ...flux,
];

/**
 * The folder with the binaries of a real Kubernetes API and Flux, Flux' definitions in `crds/`, kwok's
 * stages of a node in `stages/`.
 * Built with the Go on the machine at the first time (4 to 10 min on two cores), then cached.
 * @throws TerminalError with code "cluster-build-failed"
 */
export function ensureCluster(): Promise<string> {
  const text = (name: string) => readFileSync(join(goModule, name), "utf8");
  const flags = linkerFlags(text("go.mod"));
  const recipe = [text("go.mod"), text("go.sum"), flags, ...commands].join("\n");
  const key = createHash("sha256").update(recipe).digest("hex").slice(0, 12);
  return takeFromCache(`cluster-${key}`, async (directory) => {
    if (spawnSync("go", ["version"]).status !== 0) throw failed("Go is not on PATH");
    const whole = progress("Building Kubernetes and Flux with Go (4 to 10 min, once)");
    for (const [index, command] of commands.entries()) {
      const name = command
        .replace(/\/v\d+$/, "")
        .split("/")
        .at(-1);
      const title = `Building ${name} (${index + 1} of ${commands.length})`;
      await step(title, ["install", "-trimpath", "-ldflags", flags, command], directory);
    }
    for (const controller of flux)
      copyYaml(controller, "config/crd/bases", join(directory, "crds"));
    for (const stages of ["node/fast", "node/heartbeat-with-lease"]) {
      copyYaml("sigs.k8s.io/kwok", `kustomize/stage/${stages}`, join(directory, "stages"));
    }
    whole();
  });
}

// Kubernetes is told its version when it is linked; without, it says v0.0.0-master.
function linkerFlags(goMod: string): string {
  const [version = "", major = "", minor = ""] =
    /k8s\.io\/kubernetes v((\d+)\.(\d+)\.\d+)/.exec(goMod)?.slice(1) ?? [];
  const fields = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const set = Object.entries(fields).map(
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
  return ["-s", "-w", ...set].join(" ");
}

async function step(title: string, args: readonly string[], gobin: string): Promise<void> {
  const done = progress(title);
  const go = spawn("go", args, {
    cwd: goModule,
    env: { ...process.env, GOBIN: gobin, GOWORK: "off" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  go.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  const code = await new Promise((settle) => go.on("close", settle));
  if (code !== 0) throw failed(`${title}: ${errors.trim()}`);
  done();
}

// From the sources of a module, which the build has downloaded.
function copyYaml(goPackage: string, folder: string, target: string): void {
  const listed = spawnSync("go", ["list", "-m", "-f", "{{.Dir}}", goPackage], {
    cwd: goModule,
    encoding: "utf8",
  });
  if (listed.status !== 0) throw failed(listed.stderr);
  const source = join(listed.stdout.trim(), folder);
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) {
    if (!name.endsWith(".yaml") || name === "kustomization.yaml") continue;
    writeFileSync(join(target, name), readFileSync(join(source, name)));
  }
}

function failed(cause: string): TerminalError {
  return new TerminalError(`Failed to build the cluster's binaries: ${cause}`, {
    code: "cluster-build-failed",
    hint: "Install Go 1.26 or newer, see that its module proxy can be reached, and run again.",
  });
}
