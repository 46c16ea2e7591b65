import { readFileSync } from "node:fs";

export type DocumentedRight = {
  /** `OpenManifestsPR@1`, `fluxgate policies`. */
  readonly who: string;
  readonly right: string;
  readonly where: string;
  /** The code of the error that it ends with, where it has one. */
  readonly code: string | undefined;
};

/** The first table below "Rights" of docs/pipelines.md: a line for each right of each task. */
export function documentedRights(): readonly DocumentedRight[] {
  return rows().flatMap(([tasks = "", rights = "", where = "", without = ""]) => {
    if (rights.startsWith("none")) return [];
    const code = /`([a-z]+(?:-[a-z]+)+)`/.exec(without)?.[1];
    // What stands in brackets is the checkout's, not the task's.
    return inMarks(tasks, "`").flatMap((who) =>
      inMarks(rights.replace(/\(.*?\)/g, ""), "\\*").map((right) => ({ who, right, where, code })),
    );
  });
}

/** Tasks and commands that the table says need nothing from the service. */
export function withoutRights(): readonly string[] {
  return rows().flatMap(([tasks = "", rights = ""]) =>
    rights.startsWith("none") ? inMarks(tasks, "`") : [],
  );
}

function rows(): readonly (readonly string[])[] {
  const text = readFileSync("docs/pipelines.md", "utf8");
  const [, section = ""] = text.split("\n## Rights, by their names in Azure DevOps\n");
  const [, table = ""] = section.split(/\n\| task or command .*\n\| --- .*\n/);
  const lines = table.split("\n");
  return lines
    .slice(0, lines.indexOf(""))
    .map((line) => line.replace(/^\| | \|$/g, "").split(" | "));
}

function inMarks(text: string, mark: string): readonly string[] {
  return [...text.matchAll(new RegExp(`${mark}([^${mark}]+)${mark}`, "g"))].map(
    ([, name = ""]) => name,
  );
}
