import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

type Parameter = { readonly name: string; readonly default?: unknown };

const readme = readFileSync("pipeline-templates/README.md", "utf8");
const sections = new Map(
  readme.split(/^## /m).map((text) => [text.slice(0, text.indexOf("\n")), text] as const),
);

/** Template → the section that lists its parameters. */
const documented: Readonly<Record<string, string>> = {
  "ci.yml": "CI",
  "cd.yml": "CD",
  "environment.yml": "CD",
  "wait-steps.yml": "CD",
  "pr.yml": "Pull requests of the code",
  "post-merge.yml": "After the merge",
  "rollback.yml": "Rollback",
  "manifests-pr.yml": "Manifests repository",
  "probe.yml": "Probe",
};

function parametersOf(template: string): readonly Parameter[] {
  const text = readFileSync(`pipeline-templates/${template}`, "utf8");
  const { parameters = [] } = parse(text) as { readonly parameters?: readonly Parameter[] };
  const gone = [...text.matchAll(/name: (\w+) # no longer read/g)].map(([, name]) => name);
  return parameters.filter(({ name }) => !gone.includes(name));
}

type Row = { readonly names: readonly string[]; readonly says: readonly string[] };

/** Rows of a section's table: the names of its first cell, the defaults of its second. */
function rowsOf(section: string): readonly Row[] {
  return [...(sections.get(section) ?? "").matchAll(/^\| (`[^|]*`[^|]*) \|([^|]*)\|/gm)].map(
    ([, names = "", says = ""]) => ({
      names: codeIn(names),
      says: says.trim() === "" ? [] : says.split(",").map((each) => each.trim()),
    }),
  );
}

function codeIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

/** What is said once of all names of a row. */
function below(says: readonly string[]): string | undefined {
  return says.find((each) => each === "as below");
}

/** Whether what the table says of a default is so; `none` and nothing are what is empty or off. */
function isSo(said: string | undefined, { default: real }: Parameter): boolean {
  const isEmpty =
    ["", false, "default"].some((each) => each === real) ||
    (Array.isArray(real) && real.length === 0);
  // Also what has to be said, and what stands in the last column.
  if (said === undefined || said === "")
    return isEmpty || real === undefined || real === "$(System.TeamProjectId)";
  if (said === "none" || said === "docker") return isEmpty;
  if (said === "as below") return true;
  const [code = said] = codeIn(said);
  const value: unknown = parse(code.startsWith("vmImage") ? `{ ${code} }` : code);
  return JSON.stringify(value) === JSON.stringify(real);
}

describe("the parameters of the templates", () => {
  for (const [template, section] of Object.entries(documented)) {
    it(`${template}: each is named in the README's section "${section}"`, () => {
      const text = sections.get(section) ?? "";
      const missing = parametersOf(template).filter(
        ({ name }) => !new RegExp(`\\b${name}\\b`).test(text),
      );
      assert.deepEqual(
        missing.map(({ name }) => name),
        [],
      );
    });
  }

  for (const template of ["ci.yml", "cd.yml"]) {
    it(`${template}: each of the table is there, with the default that it says`, () => {
      const all = new Map(parametersOf(template).map((one) => [one.name, one]));
      const rows = rowsOf(documented[template] ?? "");
      assert.ok(rows.length >= 14, `${rows.length}`);
      const wrong = rows.flatMap(({ names, says }) =>
        names.flatMap((name, index) => {
          // What an entry of `environments` takes is a parameter of the stage.
          const [, inner] = /^environments\[\]\.(\w+)$/.exec(name) ?? [];
          const own = inner ?? (name === "testResultsFormat" ? name : undefined);
          const of = own
            ? parametersOf("environment.yml").find((one) => one.name === own)
            : all.get(name);
          return of !== undefined && isSo(says[index] ?? below(says), of)
            ? []
            : [`${name}: ${says[index]}`];
        }),
      );
      assert.deepEqual(wrong, []);
    });
  }

  it("have the defaults that the sections of the other templates say in brackets", () => {
    for (const [template, section] of Object.entries(documented)) {
      if (rowsOf(section).length > 0) continue;
      const text = sections.get(section) ?? "";
      for (const parameter of parametersOf(template)) {
        const [, said] = new RegExp(`\`${parameter.name}\` \\(\`([^\`]+)\``).exec(text) ?? [];
        if (said === undefined || said === "") continue;
        assert.ok(isSo(`\`${said}\``, parameter), `${template}: ${parameter.name} is not ${said}`);
      }
    }
  });
});
