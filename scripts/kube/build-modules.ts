import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { KubeLock } from "../../kube/kube-lock.ts";
import { showProgress } from "../progress.ts";
import { takeFromCache } from "../tools/cache.ts";
import { adaptations, adaptModules } from "./adapt-modules.ts";
import { collectLicences } from "./collect-licences.ts";
import { kubeBuildFailed } from "./kube-build-failed.ts";

const sources = resolve(import.meta.dirname, "../../kube/go");
/**
 * The tag keeps gRPC's pages for browsers out. They are Go templates, which call methods by their names:
 * with them the linker has to keep every method of every type, a quarter of the module.
 */
const tags = "-tags=grpcnotrace";
const flags = ["-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", tags];

/** What the modules are made from, in a name for the cache. */
export function kubeModulesKey(): string {
  const hash = createHash("sha256").update(JSON.stringify({ adaptations, flags }));
  for (const path of readdirSync(sources, { recursive: true, encoding: "utf8" }).sort()) {
    if (/\.go$|^go\.(mod|sum)$|zones\.txt$/.test(path)) {
      hash.update(path).update(readFileSync(join(sources, path)));
    }
  }
  return `kube-modules-${hash.digest("hex").slice(0, 12)}`;
}

/**
 * The folder with both modules, gzipped, their lock and the licences of what is in them. Built by Go at
 * the first time, then cached.
 * @throws TerminalError with code "kube-build-failed"
 */
export function ensureKubeModules(): Promise<string> {
  return takeFromCache(kubeModulesKey(), (directory) =>
    showProgress("Building Flux's and Kubernetes' own code with Go (3 to 6 min, once)", () =>
      buildInto(directory),
    ),
  );
}

async function buildInto(directory: string): Promise<void> {
  const scratch = join(directory, "source");
  cpSync(sources, scratch, { recursive: true });
  adaptModules(scratch, environment);
  const lock: KubeLock = {
    ...versions(readFileSync(join(sources, "go.mod"), "utf8")),
    modules: {
      build: await compile(scratch, directory, "build"),
      validate: await compile(scratch, directory, "validate"),
    },
  };
  writeFileSync(join(directory, "kube.json"), `${JSON.stringify(lock, undefined, 2)}\n`);
  writeFileSync(join(directory, "LICENSES.txt"), collectLicences(scratch, environment));
  rmSync(scratch, { recursive: true, force: true });
}

const environment = {
  GOOS: "wasip1",
  GOARCH: "wasm",
  GOWORK: "off",
  GOFLAGS: "-mod=mod",
  GOTOOLCHAIN: /^toolchain (\S+)$/m.exec(readFileSync(join(sources, "go.mod"), "utf8"))?.[1] ?? "",
};

async function compile(scratch: string, directory: string, name: "build" | "validate") {
  const file = join(directory, `${name}.wasm`);
  const go = spawn("go", ["build", ...flags, "-o", file, `./${name}`], {
    cwd: scratch,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  go.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  const code = await new Promise((settle) => {
    go.on("error", (cause) => (errors = cause.message));
    go.on("close", settle);
  });
  if (code !== 0) throw kubeBuildFailed(errors.trim());
  const bytes = readFileSync(file);
  rmSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
}

function versions(mod: string): Pick<KubeLock, "kubernetes" | "fluxKustomize"> {
  const of = (name: string) => new RegExp(`^\\t${name} v(\\S+)$`, "m").exec(mod)?.[1] ?? "";
  return {
    kubernetes: of("k8s.io/kubernetes"),
    fluxKustomize: of("github.com/fluxcd/pkg/kustomize"),
  };
}
