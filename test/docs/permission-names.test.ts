import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { sourceFiles } from "../../scripts/source-files.ts";
import { permissionNames, scopes } from "./azure-devops-permissions.ts";

/** Names in italics of a column of the table below a heading. */
function namesIn(
  file: string,
  { heading, columns }: { readonly heading: string; readonly columns: readonly number[] },
): readonly string[] {
  const [, section = ""] = readFileSync(file, "utf8").split(`\n## ${heading}`);
  const rows = (section.split("\n## ")[0] ?? "").split("\n").filter((row) => row.startsWith("| "));
  assert.ok(rows.length > 3, `${file}: the table below ${heading}`);
  const cells = rows.map((row) => row.split(" | ").map((cell) => cell.replace(/^\| /, "")));
  return cells.flatMap((row) =>
    columns.flatMap((at) =>
      [...(row[at] ?? "").matchAll(/\*([^*]+)\*/g)].map(([, name = ""]) => name),
    ),
  );
}

const strange = (names: readonly string[]) =>
  names.filter((name) => !permissionNames.includes(name) && !scopes.includes(name));

describe("permissions that users are told to grant", () => {
  for (const [file, table] of [
    ["docs/pipelines.md", { heading: "Rights", columns: [1] }],
    ["docs/connector.md", { heading: "Rights", columns: [1, 2] }],
  ] as const) {
    it(`are called in ${file} as Azure DevOps calls them`, () => {
      const names = namesIn(file, table);
      assert.ok(names.length >= 8, names.join(", "));
      assert.deepEqual(strange(names), []);
    });
  }

  it("are called so in what docs/tasks.md says of each task", () => {
    const text = readFileSync("docs/tasks.md", "utf8");
    const names = [...text.matchAll(/\bRights\b[^\n:]*:.*?(?:\. |\.$)/gm)].flatMap(([said]) =>
      [...said.matchAll(/\*+([A-Z][^*]+)\*+/g)].flatMap(([, name = ""]) => name.split(", ")),
    );
    assert.ok(names.length >= 15, names.join(", "));
    assert.deepEqual(strange(names), []);
  });

  it("are called so in the hints of errors and of the doctor", () => {
    const hint =
      /\b(?:Grant|Allow)(?: the \w+(?:'s| service) identity)? \\?"?([A-Z][a-z]+(?: [a-z-]+)+|Read\b)|\b(?:right|permission): "([A-Z][^"]+)"/g;
    const found = sourceFiles()
      .filter((path) => /^(core|clients|rendering|tasks|cli|connector|hub)\//.test(path))
      .flatMap((path) =>
        [...readFileSync(path, "utf8").matchAll(hint)].map(([, a, b]) => ({
          path,
          said: a ?? b ?? "",
        })),
      );
    assert.ok(found.length >= 15, String(found.length));
    const odd = found.filter(({ said }) => !permissionNames.some((name) => said.startsWith(name)));
    assert.deepEqual(odd, []);
  });
});
