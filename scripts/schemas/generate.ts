// Makes rendering/checks/schemas/*.json and kube/flux.json: what offline validation checks with. Run with Go on PATH:
//   tsx scripts/schemas/generate.ts                    every version below, from Go modules
//   tsx scripts/schemas/generate.ts --without-flux     the same without Flux's definitions
//   tsx scripts/schemas/generate.ts --kubeconfig FILE  the version of a running API server
// The modules hold the OpenAPI documents that kube-apiserver serves (api/openapi-spec/v3).
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "yaml";
import { apiLifecycles } from "./api-lifecycle.ts";
import { goneApis } from "./gone-apis.ts";
import { schemaNode } from "../../core/manifests/schema-node.ts";
import { bundleOf } from "./openapi-bundle.ts";
import type { Bundle, OpenApiDocument } from "./openapi-bundle.ts";

const minors = [33, 34, 35, 36, 37];
const flux = {
  "source-controller": "v1.9.4",
  "kustomize-controller": "v1.9.4",
  "helm-controller": "v1.6.3",
  "notification-controller": "v1.9.3",
};
// Programs only, no Go library: from their repositories.
const fluxRepositories = {
  "image-reflector-controller": "v1.2.4",
  "image-automation-controller": "v1.2.4",
  "source-watcher": "v2.2.1",
};
const root = join(import.meta.dirname, "../..");
const folder = join(root, "rendering/checks/schemas");
/** Flux's definitions are what the API server's own code judges by, too. */
const fluxFile = join(root, "kube/flux.json");

const kubeconfig = process.argv[process.argv.indexOf("--kubeconfig") + 1];
if (process.argv.includes("--kubeconfig") && kubeconfig) fromServer(kubeconfig);
else fromModules();

function fromModules(): void {
  for (const minor of minors) {
    const { directory, version } = goModule("k8s.io/kubernetes", `v1.${minor}`);
    const specs = join(directory, "api/openapi-spec/v3");
    const documents = readdirSync(specs).map((name) => readJson(join(specs, name)));
    write(join(folder, `kubernetes-1.${minor}.json`), version.slice(1), bundleOf(documents));
  }
  const newest = goModule("k8s.io/api", `v0.${minors.at(-1) ?? 0}`);
  const lifecycles = { ...goneApis, ...apiLifecycles(newest.directory) };
  writeFileSync(join(folder, "api-lifecycle.json"), `${JSON.stringify(lifecycles)}\n`);
  if (!process.argv.includes("--without-flux")) write(fluxFile, "2.9", fluxBundle());
}

function fromServer(file: string): void {
  const get = (path: string) =>
    JSON.parse(run("kubectl", ["--kubeconfig", file, "get", "--raw", path])) as unknown;
  const { gitVersion } = get("/version") as { readonly gitVersion: string };
  const { paths } = get("/openapi/v3") as {
    readonly paths: Readonly<Record<string, { readonly serverRelativeURL: string }>>;
  };
  const own = Object.entries(paths).filter(([path]) => !/^apis\/[^/]+\.(?!k8s\.io)/.test(path));
  const documents = own.map(
    ([, { serverRelativeURL }]) => get(serverRelativeURL) as OpenApiDocument,
  );
  const minor = gitVersion.split(".").slice(0, 2).join(".").slice(1);
  write(join(folder, `kubernetes-${minor}.json`), gitVersion.slice(1), bundleOf(documents));
}

function fluxBundle(): Bundle {
  const definitions: Record<string, Bundle["definitions"][string]> = {};
  const kinds: Record<string, Bundle["kinds"][string]> = {};
  const modules = Object.entries(flux).map(
    ([name, version]) => goModule(`github.com/fluxcd/${name}`, version).directory,
  );
  const scratch = mkdtempSync(join(tmpdir(), "fluxgate-schemas-"));
  const clones = Object.entries(fluxRepositories).map(([name, version]) => {
    const directory = join(scratch, name);
    const url = `https://github.com/fluxcd/${name}`;
    run("git", ["clone", "--quiet", "--depth", "1", "--branch", version, url, directory]);
    return directory;
  });
  for (const directory of [...modules, ...clones]) {
    const crds = join(directory, "config/crd/bases");
    for (const file of readdirSync(crds).filter((each) => each.endsWith(".yaml"))) {
      const { spec } = parse(readFileSync(join(crds, file), "utf8")) as CustomResourceDefinition;
      for (const { name: served, schema } of spec.versions) {
        const key = `${spec.group}/${served}/${spec.names.kind}`;
        definitions[key] = withOpenKinds(schemaNode(schema.openAPIV3Schema));
        kinds[key] = { definition: key, scope: spec.scope === "Cluster" ? "cluster" : "namespace" };
      }
    }
  }
  rmSync(scratch, { recursive: true });
  return { definitions, kinds };
}

// Alert and Receiver name kinds. Flux Operator and other controllers of Flux's events add theirs
// (FluxInstance, ResourceSet, Terraform) to the lists of the definitions that they install.
function withOpenKinds<T>(node: T): T {
  return JSON.parse(JSON.stringify(node), (key, value: unknown) =>
    key === "kind" && isListOfKinds(value) ? { ...value, "x-fluxgate-open": true } : value,
  ) as T;
}

function isListOfKinds(value: unknown): value is { readonly enum: readonly unknown[] } {
  const list = (value as { readonly enum?: unknown } | null)?.enum;
  return Array.isArray(list) && list.includes("ImageUpdateAutomation");
}

type CustomResourceDefinition = {
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Readonly<Record<string, unknown>> };
    }[];
  };
};

function write(file: string, version: string, bundle: Bundle): void {
  const bytes = gzipSync(JSON.stringify(bundle), { level: 9 });
  const text = JSON.stringify({ version, data: bytes.toString("base64") });
  writeFileSync(file, `${text}\n`);
  console.log(
    `${basename(file)}: ${Object.keys(bundle.kinds).length} kinds, ${Math.round(text.length / 1024)} KiB`,
  );
}

function goModule(
  path: string,
  version: string,
): { readonly directory: string; readonly version: string } {
  // Outside of any Go module, so that no go.mod decides the version.
  const cwd = mkdtempSync(join(tmpdir(), "fluxgate-schemas-"));
  writeFileSync(join(cwd, "go.mod"), "module schemas\n");
  const answer = JSON.parse(run("go", ["mod", "download", "-json", `${path}@${version}`], cwd)) as {
    readonly Dir: string;
    readonly Version: string;
  };
  rmSync(cwd, { recursive: true });
  return { directory: answer.Dir, version: answer.Version };
}

function run(command: string, args: readonly string[], cwd = "."): string {
  const result = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
  if (result.status === 0) return result.stdout;
  throw new Error(`Failed to run ${command} ${args.join(" ")}: ${result.stderr}`);
}

function readJson(path: string): OpenApiDocument {
  return JSON.parse(readFileSync(path, "utf8")) as OpenApiDocument;
}
