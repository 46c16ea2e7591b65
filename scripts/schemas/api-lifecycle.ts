// When API types are deprecated and removed, and what to use instead: from the generated Go files
// of k8s.io/api (zz_generated.prerelease-lifecycle.go), which kube-apiserver warns by.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export type Lifecycle = {
  /** Minor version: 22 for 1.22. */
  readonly deprecated?: number;
  readonly removed?: number;
  /** `networking.k8s.io/v1/Ingress`. */
  readonly replacement?: string;
};

const method =
  /func \(in \*(\w+)\) APILifecycle(Deprecated|Removed|Replacement)\(\)[^{]*\{\s*return ([^\n]*)\n/g;

/** Type → lifecycle, of every type of the module that says something. */
export function apiLifecycles(apiModule: string): Readonly<Record<string, Lifecycle>> {
  const found: Record<string, { -readonly [Key in keyof Lifecycle]: Lifecycle[Key] }> = {};
  for (const folder of packagesIn(apiModule)) {
    const text = readOptional(join(folder, "zz_generated.prerelease-lifecycle.go"));
    if (text === undefined) continue;
    const register = readOptional(join(folder, "register.go")) ?? "";
    const group = /const GroupName = "([^"]*)"/.exec(register)?.[1] ?? "";
    const version = folder.split("/").at(-1) ?? "";
    for (const [, kind = "", what, result = ""] of text.matchAll(method)) {
      if (kind.endsWith("List")) continue;
      const entry = (found[`${group}/${version}/${kind}`] ??= {});
      if (what === "Replacement") {
        const [, g = "", v = "", k = ""] =
          /Group: "(.*?)", Version: "(.*?)", Kind: "(.*?)"/.exec(result) ?? [];
        // That of IngressClass is a list by mistake.
        entry.replacement = [g, v, k.replace(/List$/, "")].filter((part) => part !== "").join("/");
      } else {
        const minor = Number(result.split(",")[1]);
        if (what === "Deprecated") entry.deprecated = minor;
        else entry.removed = minor;
      }
    }
  }
  return found;
}

function packagesIn(module: string): readonly string[] {
  return readdirSync(module, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(module, name), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name.startsWith("v"))
        .map((entry) => join(module, name, entry.name)),
    );
}

function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
