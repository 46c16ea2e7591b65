import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { adoptCommand } from "../../cli/adopt.ts";
import type { Command } from "../../cli/command.ts";
import { diffCommand } from "../../cli/diff.ts";
import { doctorCommand } from "../../cli/doctor/command.ts";
import { explainCommand } from "../../cli/explain.ts";
import { historyCommand } from "../../cli/history.ts";
import { initCommand } from "../../cli/init/command.ts";
import { lockCommand } from "../../cli/lock.ts";
import { policiesCommand } from "../../cli/policies.ts";
import { renderCommand } from "../../cli/render.ts";
import { rollbackCommand } from "../../cli/rollback.ts";
import { validateCommand } from "../../cli/validate.ts";

const commands: Readonly<Record<string, Command>> = {
  ...{ adopt: adoptCommand, diff: diffCommand, doctor: doctorCommand, explain: explainCommand },
  ...{ history: historyCommand, init: initCommand, lock: lockCommand, policies: policiesCommand },
  ...{ render: renderCommand, rollback: rollbackCommand, validate: validateCommand },
};
const below = readdirSync("docs", { recursive: true, encoding: "utf8" }).map(
  (path) => `docs/${path}`,
);
const pages = [...below, ...readdirSync("."), "pipeline-templates/README.md"]
  .filter((page) => /(?<!CHANGELOG)\.md$/.test(page) && !page.startsWith("docs/adr/"))
  .map((page) => [page, readFileSync(page, "utf8")] as const);

/** What stands as code: blocks whose lines are joined as a shell does, and spans. */
function codeOf(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^ *```\w*\n([^]*?)^ *```/gm)].map(([, block = ""]) => block);
  const spans = [...text.replace(/^ *```[^]*?^ *```/gm, "").matchAll(/`([^`\n]+)`/g)];
  const lines = blocks.flatMap((block) => block.replace(/\\\n\s*/g, "").split("\n"));
  return [...lines, ...spans.map(([, span = ""]) => span)];
}

/** `fluxgate <command> …` in a line: the command and its options. */
function calls(line: string): readonly { readonly name: string; readonly options: string[] }[] {
  return line.split(/&&|\||;| #/).flatMap((part) => {
    const [, name = "", rest = ""] =
      /^\s*(?:[A-Z_]+=\S+ )*(?:npm run (?:-s )?)?fluxgate (?:-- )?([a-z]+)\b(.*)$/.exec(part) ?? [];
    const options = [...rest.matchAll(/(?:^|\s)(--[a-z-]+)/g)].map(([, option = ""]) => option);
    return name === "" ? [] : [{ name, options }];
  });
}

describe("the commands in the documents", () => {
  it("are commands of fluxgate, with options that they have", () => {
    let seen = 0;
    const wrong = pages.flatMap(([page, text]) =>
      codeOf(text)
        .flatMap(calls)
        .flatMap(({ name, options }) => {
          seen += 1;
          const command = commands[name];
          if (command === undefined) return [`${page}: fluxgate ${name}`];
          const known = new Set(["--help", ...(command.help.match(/--[a-z-]+/g) ?? [])]);
          return options.filter((one) => !known.has(one)).map((one) => `${page}: ${name} ${one}`);
        }),
    );
    assert.ok(seen > 40, String(seen));
    assert.deepEqual(wrong, []);
  });

  it("are scripts of the package, where npm runs them", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const asked = pages.flatMap(([page, text]) =>
      codeOf(text).flatMap((line) =>
        [...line.matchAll(/\bnpm (?:run (?:-s )?([a-z][\w-]*(?::[\w-]+)*)|(start|test)\b)/g)].map(
          ([, script, short]) => ({ page, script: script ?? short ?? "" }),
        ),
      ),
    );
    assert.ok(asked.length > 20, String(asked.length));
    assert.deepEqual(
      asked.filter(({ script }) => !Object.hasOwn(scripts, script)),
      [],
    );
  });
});
