import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, normalize, posix } from "node:path";
import { sourceFiles } from "../scripts/source-files.ts";

// design.md §3: who may import whom.
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: ["core"],
  clients: ["clients", "core"],
  kube: ["kube", "core"],
  rendering: ["rendering", "clients", "kube", "core"],
  tasks: ["tasks", "rendering", "clients", "kube", "core"],
  cli: ["cli", "rendering", "clients", "kube", "core"],
  hub: ["hub", "clients", "kube", "core"],
  connector: ["connector", "clients", "kube", "core"],
  sandbox: ["sandbox"],
  "sandbox/test": ["sandbox", "scripts"],
  scripts: ["scripts", "sandbox", "rendering", "clients", "kube", "core"],
  test: [
    ...["test", "scripts", "core", "clients", "kube", "rendering"],
    ...["tasks", "cli", "hub", "connector", "sandbox"],
  ],
};
// sandbox may name core's types, never run its logic: it judges the product.
const typesOnly: Readonly<Record<string, readonly string[]>> = { sandbox: ["core"] };
const bannedNames = /(^|[/-])(utils?|helpers?|manager|service|wrapper)([.-]|$)/;

const files = sourceFiles().map((path) => ({ path, text: readFileSync(path, "utf8") }));

describe("architecture", () => {
  it("lets each folder import only what design.md §3 allows", () => {
    const offending = files.flatMap(({ path, text }) => {
      const from = path.split("/")[0] ?? "";
      return imports(text).flatMap(({ specifier, isType, line }) => {
        if (!specifier.startsWith(".")) return [];
        const to = normalize(join(dirname(path), specifier)).split(/[\\/]/)[0] ?? "";
        const room = path.startsWith("sandbox/test/") ? "sandbox/test" : from;
        const fine =
          (allowed[room] ?? []).includes(to) || (isType && (typesOnly[from] ?? []).includes(to));
        return fine ? [] : [`${path}:${line} imports ${specifier}`];
      });
    });
    assert.deepEqual(offending, []);
  });

  it("keeps tasks out of one another's folders", () => {
    const offending = files
      .filter(({ path }) => path.startsWith("tasks/"))
      .flatMap(({ path, text }) =>
        imports(text)
          .filter(({ specifier }) => specifier.startsWith("."))
          .map(({ specifier }) => normalize(join(dirname(path), specifier)))
          .filter((to) => to.startsWith("tasks/") && !to.startsWith("tasks/common/"))
          .filter((to) => to.split("/")[1] !== path.split("/")[1])
          .map((to) => `${path} imports ${to}`),
      );
    assert.deepEqual(offending, []);
  });

  it("gives a reconciler what it uses, not the whole connector", () => {
    const takers = files
      .filter(({ path }) => /^connector\/(?!connector\.ts|start\.ts)/.test(path))
      .filter(({ text }) => /: Connector\b(?!\[)/.test(text));
    assert.deepEqual(
      takers.map(({ path }) => path),
      [],
    );
  });

  it("names the files that kustomize takes in one place", () => {
    const naming = files.filter(
      ({ path, text }) =>
        !/^(test|sandbox)\//.test(path) &&
        /"kustomization\.yml"|kustomization\\\.ya\?ml/.test(text),
    );
    assert.deepEqual(
      naming.map(({ path }) => path),
      ["core/manifests/kustomization-file.ts"],
    );
  });

  it("goes round no circle of imports, types included", () => {
    const graph = new Map(
      files.map(({ path, text }) => [
        path,
        imports(text)
          .filter(({ specifier }) => specifier.startsWith("."))
          .map(({ specifier }) => posix.join(dirname(path), specifier)),
      ]),
    );
    const round = [...graph.keys()].filter((path) => reaches(graph, path).has(path));
    assert.deepEqual(round, []);
  });

  it("keeps a file at one idea: 250 lines at most, 400 for a test", () => {
    const long = files
      .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
      .filter(({ path, lines }) => lines > (/^(sandbox\/)?test\//.test(path) ? 400 : 250))
      .map(({ path, lines }) => `${path}: ${lines} lines`);
    assert.deepEqual(long, []);
  });

  it("names files in kebab-case and after what they hold", () => {
    const odd = files
      .map(({ path }) => path)
      .filter((path) => {
        const name = path.split("/").at(-1) ?? "";
        return !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(name) || bannedNames.test(name);
      });
    assert.deepEqual(odd, []);
  });
});

/** Every file that one leads to, itself only where it is imported again. */
function reaches(graph: ReadonlyMap<string, readonly string[]>, from: string): Set<string> {
  const seen = new Set<string>();
  const open = [...(graph.get(from) ?? [])];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    open.push(...(graph.get(path) ?? []));
  }
  return seen;
}

function imports(text: string) {
  const statement =
    /^(?:import|export)\s+(type\s+)?(?:[^;'"]*?\sfrom\s+)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/gm;
  return [...text.matchAll(statement)].map((match) => ({
    isType: match[1] !== undefined,
    specifier: match[2] ?? match[3] ?? "",
    line: text.slice(0, match.index).split("\n").length,
  }));
}
