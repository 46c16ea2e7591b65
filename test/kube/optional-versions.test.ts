import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const sources = "kube/go";

// They are told again since what knows them is the API server's storage, which is not to be had in
// WebAssembly (ADR 8).
describe("the versions that the API server can be told to serve", () => {
  it("are those that its own registries have storage for", function () {
    const kubernetes = moduleFolder("k8s.io/kubernetes");
    if (kubernetes === undefined) return this.skip();
    const registries = join(kubernetes, "pkg/registry");
    const found: Record<string, string[]> = {};
    for (const area of readdirSync(registries)) {
      for (const text of goFiles(join(registries, area, "rest"))) {
        for (const [, path = ""] of storages(text)) {
          const group = groupOf(path);
          const version = path.split("/").at(-1) ?? "";
          if (/alpha|beta/.test(version)) (found[group] ??= []).push(version);
        }
      }
    }
    const unjudged = Object.keys(found).filter((group) => !strategies.includes(`"${group}"`));
    // Reviews are answered and not kept; StorageVersion and the test's group are nobody's to apply.
    for (const group of unjudged) delete found[group];
    assert.deepEqual(sorted(told), sorted(found));
    assert.ok(Object.keys(found).length > 5);
  });

  const text = (file: string) => readFileSync(join(sources, "validate", file), "utf8");
  const strategies = text("strategies.go");
  const told = Object.fromEntries(
    [...text("lifecycle.go").matchAll(/^\t"([\w.]+)": +\{(.*)\},$/gm)].map(
      ([, group = "", list = ""]) => [group, list.split(", ").map((each) => each.slice(1, -1))],
    ),
  );
});

/** Import paths of the versions that a registry puts storage under. */
function storages(text: string): readonly RegExpMatchArray[] {
  const kept = new Set(
    [...text.matchAll(/VersionedResourcesStorageMap\[(\w+)\.SchemeGroupVersion/g)].map(
      ([, name]) => name,
    ),
  );
  return [...text.matchAll(/^\t(?=\w+ )(\w+) "([^"]+)"$/gm)]
    .filter(([, name]) => kept.has(name))
    .map((match) => [match[0], match[2] ?? ""] as unknown as RegExpMatchArray);
}

function groupOf(path: string): string {
  const folder = path.split("/").at(-2) ?? "";
  const own: Readonly<Record<string, string>> = {
    ...{ admissionregistration: "admissionregistration.k8s.io", rbac: "rbac.authorization.k8s.io" },
    ...{ flowcontrol: "flowcontrol.apiserver.k8s.io" },
  };
  return own[folder] ?? `${folder}.k8s.io`;
}

function goFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
      .map((name) => readFileSync(join(folder, name), "utf8"));
  } catch {
    return [];
  }
}

function sorted(versions: Readonly<Record<string, readonly string[]>>) {
  return Object.entries(versions)
    .map(([group, list]) => `${group}: ${[...list].sort().join(", ")}`)
    .sort();
}

/** Where Go has the module; undefined where there is no Go, or no network to have it by. */
function moduleFolder(name: string): string | undefined {
  const { status, stdout } = spawnSync("go", ["mod", "download", "-json", name], {
    cwd: sources,
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" },
  });
  return status === 0 ? (JSON.parse(stdout) as { readonly Dir: string }).Dir : undefined;
}
