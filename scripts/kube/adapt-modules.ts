// What is left out of the public modules that are compiled, and what is changed in them.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goRefusal } from "./go-refusal.ts";
import { kubeBuildFailed } from "./kube-build-failed.ts";
import { withoutProtobuf } from "./without-protobuf.ts";

/**
 * Files of packages of which something else is used here. Of the API server they are those that only its
 * storage needs: they lead to etcd's client, which does not compile to WASI. Of Flux they lead to the
 * client of Kubernetes, half of the module, which nothing here calls.
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
  "github.com/fluxcd/cli-utils": ["pkg/object/infos.go"],
  "github.com/fluxcd/pkg/ssa": ["utils/cert_validation.go"],
};
type Edit = { readonly file: string; readonly from: string; readonly to: string };
/**
 * Kustomize compares each object's whole identity with those of all others, which is most of the time
 * where there are a thousand. The same comparison, names first, since without the same name it is never true.
 */
const namesFirst = (list: string) =>
  `// Changed by Fluxgate: names are compared first.\n${list} {\n\t\t\tif other.GetName() == id.Name && id.Equals(other.CurId())`;
const edits: Readonly<Record<string, readonly Edit[]>> = {
  // What is substituted is handed in: there is no cluster to read it from.
  "github.com/fluxcd/pkg/kustomize": [
    {
      file: "kustomize_varsub.go",
      from: `	"sigs.k8s.io/controller-runtime/pkg/client"\n`,
      to: "",
    },
    {
      file: "kustomize_varsub.go",
      from: `	kubeClient client.Client,\n`,
      to: `	kubeClient Reader,\n`,
    },
    {
      file: "kustomize_varsub.go",
      from: `func LoadVariables(ctx context.Context, kubeClient client.Client, `,
      to: `func LoadVariables(ctx context.Context, kubeClient Reader, `,
    },
    {
      file: "doc.go",
      from: `package kustomize\n`,
      to: `package kustomize

import "context"

// Changed by Fluxgate: what the client of Kubernetes is asked here, without that client.
type Reader interface {
	Get(ctx context.Context, key, object any) error
}
`,
    },
  ],
  // The schemas of server-side apply as text, of which a few are read.
  "k8s.io/client-go": [
    {
      file: "applyconfigurations/utils.go",
      from: `func NewTypeConverter(`,
      to: `// Changed by Fluxgate.
func SchemaYAML() string { return string(internal.SchemaYAML()) }

func NewTypeConverter(`,
    },
    {
      file: "applyconfigurations/internal/internal.go",
      from: `var parserOnce sync.Once
`,
      to: `// Changed by Fluxgate.
func SchemaYAML() typed.YAMLObject { return schemaYAML }

var parserOnce sync.Once
`,
    },
  ],
  // What the paths of its OpenAPI tell also stands in a table beside it, which a test of its own holds
  // against them; reading them is half of reading all.
  "sigs.k8s.io/kustomize/kyaml": [
    {
      file: "openapi/openapi.go",
      from: `		// convert the openapi_v2.Document back to Swagger
`,
      to: `		// Changed by Fluxgate: precomputedIsNamespaceScoped has what they tell.
		doc.Paths = nil
		// convert the openapi_v2.Document back to Swagger
`,
    },
  ],
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
 * Modules whose types lose the methods of protobuf, which nobody calls here: an object comes as JSON.
 * Somewhere in the program any Marshal and Unmarshal is called by an interface, so that the linker
 * would keep those of every type: a quarter to two fifths of the code.
 */
const plainTypes: readonly string[] = [
  ...["k8s.io/api", "k8s.io/apiserver", "k8s.io/apiextensions-apiserver"],
];

/** All of it, as text: what the modules hang on. */
export const adaptations = JSON.stringify({
  ...{ leftOut, edits, plainTypes },
  protobuf: readFileSync(join(import.meta.dirname, "without-protobuf.ts"), "utf8"),
});

/**
 * Lays copies beside the sources, since Go refuses to see files of its module cache replaced. The path
 * is relative: it becomes part of the binary.
 */
export function adaptModules(scratch: string, environment: NodeJS.ProcessEnv): void {
  let mod = readFileSync(join(scratch, "go.mod"), "utf8");
  for (const name of new Set([...Object.keys(leftOut), ...Object.keys(edits), ...plainTypes])) {
    const target = join(scratch, name);
    cpSync(moduleFolder(name, { cwd: scratch, environment }), target, { recursive: true });
    makeWritable(target);
    for (const file of leftOut[name] ?? []) rmSync(join(target, file));
    for (const each of edits[name] ?? []) edit(join(target, each.file), each);
    if (plainTypes.includes(name)) dropProtobuf(target);
    const others = mod.replace(new RegExp(`^replace ${name} => .*\\n`, "m"), "");
    mod = `${others}\nreplace ${name} => ./${name}\n`;
  }
  writeFileSync(join(scratch, "go.mod"), mod);
}

function dropProtobuf(folder: string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith("generated.pb.go")) continue;
    const file = join(folder, path);
    const text = withoutProtobuf(readFileSync(file, "utf8"));
    rmSync(file);
    writeFileSync(file, text);
  }
}

function edit(file: string, { from, to }: Edit): void {
  const [before, after, ...further] = readFileSync(file, "utf8").split(from);
  // Another version, which may do without, or otherwise.
  if (after === undefined || further.length > 0) throw kubeBuildFailed(`${file} is not as it was`);
  rmSync(file);
  writeFileSync(file, `${before}${to}${after}`);
}

type Where = { readonly cwd: string; readonly environment: NodeJS.ProcessEnv };

function moduleFolder(name: string, { cwd, environment }: Where): string {
  const options = { cwd, encoding: "utf8", env: { ...process.env, ...environment } } as const;
  const listed = spawnSync("go", ["mod", "download", "-json", name], options);
  if (listed.status !== 0) {
    const without = listed.error?.message ?? "go mod download ended with an error";
    throw kubeBuildFailed(goRefusal(listed) || without);
  }
  return (JSON.parse(listed.stdout) as { readonly Dir: string }).Dir;
}

function makeWritable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}
