// Names each `it` that can only fail by its time-out or by an exception that it does not ask for: it
// neither asserts nor waits for a condition that it names. Follows the names of what it calls, in its
// own file first, then wherever tests export one; it needs no types.
import { readFileSync } from "node:fs";
import ts from "typescript";
import { sourceFiles } from "./source-files.ts";

// What states something: node:assert, and the wait that says what for.
const states = new Set(["assert", "eventually"]);

type Names = ReadonlySet<string>;
type File = {
  readonly source: ts.SourceFile;
  /** Functions and values of the file with the names that stand inside of them. */
  readonly inside: Map<string, Set<string>>;
  readonly tests: ts.CallExpression[];
};

const files: readonly File[] = sourceFiles()
  .filter((path) => /^(?:sandbox\/)?test\//.test(path))
  .map((path) => {
    const text = readFileSync(path, "utf8");
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
    const file = { source, inside: new Map<string, Set<string>>(), tests: [] };
    collect(source, file);
    return file;
  });

function collect(node: ts.Node, file: File): void {
  if (isNamed(node) && node.name !== undefined) {
    const name = node.name.getText(file.source);
    file.inside.set(name, namesIn(node, file.inside.get(name)));
  }
  if (ts.isCallExpression(node) && /^it(?:\.only)?$/.test(node.expression.getText(file.source))) {
    file.tests.push(node);
  }
  ts.forEachChild(node, (child) => collect(child, file));
}

type Named = ts.FunctionDeclaration | ts.VariableDeclaration | ts.MethodDeclaration;

function isNamed(node: ts.Node): node is Named | ts.PropertyAssignment {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyAssignment(node)
  );
}

function namesIn(node: ts.Node, found = new Set<string>()): Set<string> {
  if (ts.isIdentifier(node)) found.add(node.text);
  ts.forEachChild(node, (child) => void namesIn(child, found));
  return found;
}

// Functions that tests share and that state something themselves: what only sets up does not count,
// though it may wait.
const stating = new Set<string>();
for (const { source, inside } of files) {
  if (/\.test\.tsx?$/.test(source.fileName)) continue;
  for (const [name, names] of inside) {
    if (names.has("assert") || (/^until|Becomes$/.test(name) && names.has("eventually")))
      stating.add(name);
  }
}

function doesState(names: Names, file: File, seen = new Set<string>()): boolean {
  return [...names].some((name) => {
    if (states.has(name) || stating.has(name)) return true;
    const inside = file.inside.get(name);
    if (inside === undefined || seen.has(name)) return false;
    seen.add(name);
    return doesState(inside, file, seen);
  });
}

const silent = files.flatMap((file) =>
  file.tests
    .filter((call) => !call.arguments.slice(1).some((body) => doesState(namesIn(body), file)))
    .map((call) => {
      const { line } = file.source.getLineAndCharacterOfPosition(call.getStart(file.source));
      const title = call.arguments[0]?.getText(file.source) ?? "";
      return `${file.source.fileName}:${line + 1}: ${title} neither asserts nor waits by eventually()`;
    }),
);
for (const line of silent) console.error(line);
process.exit(silent.length > 0 ? 1 : 0);
