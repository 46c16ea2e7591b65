import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";

const manifest = (name: string) =>
  JSON.parse(readFileSync(`tasks/${name}/task.json`, "utf8")) as {
    readonly name: string;
    readonly inputs: readonly { readonly name: string }[];
  };
const tasks = readdirSync("tasks")
  .filter((name) => name !== "common")
  .map(manifest);
const templates = readdirSync("pipeline-templates")
  .filter((name) => name.endsWith(".yml"))
  .map((name) => ({
    name,
    root: parse(readFileSync(`pipeline-templates/${name}`, "utf8")) as unknown,
  }));

// What the templates settle among themselves: files that one step hands to the next, and what a
// second value of would break the others.
const settled: Readonly<Record<string, readonly string[]>> = {
  CollectImageTags: ["outputFile", "previousFile", "artefact"],
  ConfirmImages: ["imagesFile"],
  FindLastRun: ["artefact"],
  OpenManifestsPR: ["renderedFolder"],
  PackDelivery: ["imagesFile", "outputFolder", "configurationFolder"],
  PreviewChanges: ["step", "outputFolder"],
  // Images, configuration and commit are CI's artefact.
  RenderManifests: [
    ...["imagesFile", "configurationFolder", "outputFolder", "cacheFolder", "expectedCommit"],
  ],
  TakeDelivery: ["artefact"],
  // The merge that is checked out, and the cache that a step before restores.
  ValidateManifests: ["folder", "chartCache"],
  WaitForFlux: ["commit"],
  // No template of a delivery: an example is in docs/tasks.md.
  CheckFluxHealth: ["project", "repository", "commit", "environment", "connector"],
};

/** Every value that an input of a task has in any template, with what inserts it. */
function valuesOf(task: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const take = (inputs: unknown, condition = ""): void => {
    if (typeof inputs !== "object" || inputs === null) return;
    for (const [key, value] of Object.entries(inputs)) {
      if (key.startsWith("${{")) take(value, `${condition} ${key}`);
      else found.set(key, [...(found.get(key) ?? []), `${condition} ${String(value)}`]);
    }
  };
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { task: used, inputs } = node as { readonly task?: unknown; readonly inputs?: unknown };
    if (typeof used === "string" && used.split("@")[0] === task) take(inputs);
    for (const value of Object.values(node)) walk(value);
  };
  for (const { root } of templates) walk(root);
  return found;
}

describe("the pipeline templates reach every input of the tasks", () => {
  for (const { name, inputs } of tasks) {
    it(`${name}: by a parameter, or settled by the templates`, () => {
      const values = valuesOf(name);
      const own = settled[name] ?? [];
      const reached = (input: string) =>
        values.get(input)?.some((value) => /parameters\.|environment\./.test(value)) ?? false;
      const lost = inputs.filter((one) => !own.includes(one.name) && !reached(one.name));
      assert.deepEqual(
        lost.map((one) => one.name),
        [],
      );
      // What is listed as settled, and is a parameter by now, need not be listed.
      const known = new Set(inputs.map((one) => one.name));
      assert.deepEqual(
        own.filter((input) => !known.has(input)),
        [],
      );
    });
  }

  it("cd.yml: hands on every parameter of environment.yml", () => {
    const text = readFileSync("pipeline-templates/cd.yml", "utf8");
    const { root } = templates.find(({ name }) => name === "environment.yml") ?? {};
    const { parameters } = root as { readonly parameters: readonly { readonly name: string }[] };
    // Where nothing waits, nothing says when the next environment may begin.
    const alone = ["manifestsConnection", "wait"];
    const lost = parameters.filter(
      ({ name }) => !alone.includes(name) && !new RegExp(`^ {10,}${name}:( \\$|$)`, "m").test(text),
    );
    assert.deepEqual(lost, []);
  });

  for (const { name, root } of templates) {
    it(`${name}: every parameter has a type, and a default unless it has to be said`, () => {
      const { parameters = [] } = root as {
        readonly parameters?: readonly { readonly name: string; readonly type?: string }[];
      };
      const untyped = parameters.filter(({ type }) => type === undefined);
      assert.deepEqual(untyped, []);
      // One that nothing reads, and that does not say so, is a promise without effect.
      const text = readFileSync(`pipeline-templates/${name}`, "utf8");
      const unread = parameters.filter(
        (one) =>
          !new RegExp(`parameters\\.${one.name}\\b`).test(text) &&
          !new RegExp(`name: ${one.name} # no longer read`).test(text),
      );
      assert.deepEqual(unread, []);
    });
  }
});
