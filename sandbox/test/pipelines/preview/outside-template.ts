// What stands in for a template of a repository that is not there: whoever extends it may give what
// he gives, and his stages, jobs and steps come out as they were given.
import { entry, textOf, type Node } from "../../../pipelines/yaml/node.ts";
import { parseYaml } from "../../../pipelines/yaml/parse-yaml.ts";

const lists: Readonly<Record<string, string>> = {
  ...{ stages: "stageList", jobs: "jobList", steps: "stepList" },
};

/** @param files what has been read of the pipeline so far */
export function outsideTemplate(path: string, files: readonly string[]): string {
  const name = path.replace(/^.*\//, "");
  for (const text of files) {
    const extend = entry(parseYaml(text, "file"), "extends");
    const templates = below(extend, "template").map((one) => textOf(one) ?? "");
    if (templates.some((one) => one.includes(name) || one.includes("${{"))) {
      return extended(below(extend, "parameters").flatMap(namesOf));
    }
  }
  // Included, not extended: it brings nothing.
  return "";
}

function extended(given: readonly string[]): string {
  const names = [...new Set(given)];
  const declared = names.map((name) => {
    const type = lists[name];
    return `- { name: ${name}, type: ${type ?? "object"}, default: ${type ? "[]" : "''"} }\n`;
  });
  const insert = (name: string, indent: string) =>
    names.includes(name) ? `${indent}- \${{ parameters.${name} }}\n` : "";
  return `parameters:
${declared.join("") || "  []\n"}stages:
${insert("stages", "")}- stage: of_the_template
  dependsOn: []
  jobs:
  - job: of_the_template
    steps:
    - script: x
${insert("steps", "    ")}${insert("jobs", "  ")}`;
}

// What stands below a key, and below the branches in its place.
function below(node: Node | undefined, key: string): readonly Node[] {
  if (node?.kind !== "map") return [];
  return node.entries.flatMap((one) =>
    one.key === key ? [one.value] : one.key.startsWith("${{") ? below(one.value, key) : [],
  );
}

function namesOf(node: Node): readonly string[] {
  if (node.kind !== "map") return [];
  return node.entries.flatMap(({ key, value }) => (key.startsWith("${{") ? namesOf(value) : [key]));
}
