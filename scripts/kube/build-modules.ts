import { spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { TerminalError } from "../../core/errors.ts";
import type { KubeLock } from "../../kube/open-node.ts";
import { showProgress } from "../progress.ts";
import { takeFromCache } from "../tools/cache.ts";
import { collectLicences } from "./collect-licences.ts";

const sources = resolve(import.meta.dirname, "../../kube/go");
/**
 * Files that only the API server's storage needs. They lead to etcd's client, which does not compile
 * to WASI, and their packages are used here for their strategies alone.
 */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  "k8s.io/apiserver": [
    "pkg/registry/generic/options.go",
    "pkg/registry/generic/storage_decorator.go",
  ],
  "k8s.io/apiextensions-apiserver": [
    "pkg/registry/customresource/etcd.go",
    "pkg/registry/customresourcedefinition/etcd.go",
  ],
};
type Edit = { readonly file: string; readonly from: string; readonly to: string };
/**
 * Kustomize compares each object's whole identity with those of all others, which is most of the time
 * where there are a thousand. The same comparison, names first, since without the same name it is never true.
 */
const namesFirst = (list: string) =>
  `// Changed by Fluxgate: names are compared first.\n${list} {\n\t\t\tif other.GetName() == id.Name && id.Equals(other.CurId())`;
const edits: Readonly<Record<string, readonly Edit[]>> = {
  "sigs.k8s.io/kustomize/api": [
    {
      file: "resmap/reswrangler.go",
      from: `	if r := m.GetMatchingResourcesByCurrentId(id.Equals); len(r) > 0 {
		return fmt.Errorf(
			"may not add resource with an already registered id: %s", id)
	}
`,
      to: `	${namesFirst("for _, other := range m.rList")} {
			return fmt.Errorf(
				"may not add resource with an already registered id: %s", id)
		}
	}
`,
    },
    {
      file: "internal/builtins/NamespaceTransformer.go",
      from: `		matches := m.GetMatchingResourcesByCurrentId(r.CurId().Equals)
`,
      to: `		id, matches := r.CurId(), m.Resources()[:0:0]
		${namesFirst("for _, other := range m.Resources()")} {
				matches = append(matches, other)
			}
		}
`,
    },
  ],
};
/**
 * The tag keeps gRPC's pages for browsers out. They are Go templates, which call methods by their names:
 * with them the linker has to keep every method of every type, a quarter of the module.
 */
const tags = "-tags=grpcnotrace";
const flags = ["-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", tags];

/** What the modules are made from, in a name for the cache. */
export function kubeModulesKey(): string {
  const hash = createHash("sha256").update(JSON.stringify({ leftOut, edits, flags }));
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
  adapt(scratch);
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

// Copies beside the sources, since Go refuses to see files of its module cache replaced. The path is
// relative: it becomes part of the binary.
function adapt(scratch: string): void {
  let mod = readFileSync(join(scratch, "go.mod"), "utf8");
  for (const name of [...Object.keys(leftOut), ...Object.keys(edits)]) {
    const target = join(scratch, name);
    cpSync(moduleFolder(name), target, { recursive: true });
    makeWritable(target);
    for (const file of leftOut[name] ?? []) rmSync(join(target, file));
    for (const each of edits[name] ?? []) edit(join(target, each.file), each);
    mod = mod.replace(new RegExp(`^replace ${name} => .*$`, "m"), `replace ${name} => ./${name}`);
  }
  writeFileSync(join(scratch, "go.mod"), mod);
}

function edit(file: string, { from, to }: Edit): void {
  const [before, after, ...further] = readFileSync(file, "utf8").split(from);
  // Another version, which may do without, or otherwise.
  if (after === undefined || further.length > 0) throw failed(`${file} is not as it was`);
  rmSync(file);
  writeFileSync(file, `${before}${to}${after}`);
}

function moduleFolder(name: string): string {
  const options = {
    cwd: sources,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  } as const;
  const listed = spawnSync("go", ["mod", "download", "-json", name], options);
  if (listed.status !== 0) throw failed(refusalOf(listed));
  return (JSON.parse(listed.stdout) as { readonly Dir: string }).Dir;
}

// With -json, Go says there what went wrong, and nothing on stderr.
function refusalOf({ stdout, stderr, error }: SpawnSyncReturns<string>): string {
  const said = /"Error": ("(?:[^"\\]|\\.)*")/.exec(stdout ?? "")?.[1];
  const text = said === undefined ? stderr?.trim() : (JSON.parse(said) as string);
  return text || (error ? error.message : "go mod download ended with an error");
}

function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}

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
  if (code !== 0) throw failed(errors.trim());
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

function failed(cause: string): TerminalError {
  return new TerminalError(`Failed to build Flux's and Kubernetes' own code: ${cause}`, {
    code: "kube-build-failed",
    hint: "Install Go 1.26 or newer, see that its module proxy can be reached, and run again.",
  });
}
