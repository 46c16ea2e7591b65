import assert from "node:assert/strict";
import { ci, pipelinesWith, type Pipelines } from "../pipelines/pipelines-harness.ts";
import type { Az, OpenAz } from "./az.ts";

type Run = { readonly id: number; readonly status: string; readonly result: string | null };
type Group = {
  readonly id: number;
  readonly name: string;
  readonly variables: Readonly<Record<string, { readonly value: string | null }>>;
};

const yaml = `
trigger: none
parameters: [{ name: word, type: string, default: nothing }]
jobs:
  - job: make
    steps:
      - checkout: none
      - bash: mkdir -p out && echo \${{ parameters.word }} > out/file.txt
      - publish: out
        artifact: made
`;

/** What a delivery team does with runs, variables and folders. */
export function describeAzPipelines(open: OpenAz): void {
  let pipelines: Pipelines;
  let az: Az;
  const inProject = ["--project", "shop"] as const;
  before(async function () {
    this.timeout(900_000);
    const opened = await open();
    if (!opened) return this.skip();
    pipelines = await pipelinesWith({
      app: { "ci.yml": yaml },
      seed: {
        definitions: [ci],
        variableGroups: [{ name: "g", variables: { OPEN: "1", HIDDEN: "2" }, secret: ["HIDDEN"] }],
      },
    });
    az = await opened(pipelines.sandbox);
  });
  after(async () => {
    az?.close();
    await pipelines?.sandbox.close();
  });

  it("list and show pipelines", async () => {
    const all = await az.json<{ name: string }[]>("pipelines", "list", ...inProject);
    assert.deepEqual(
      all.map(({ name }) => name),
      ["ci"],
    );
    const shown = await az.json<{ id: number }>("pipelines", "show", "--name", "ci", ...inProject);
    assert.equal(shown.id, 1);
  });

  it("run one, and read its run, artefacts and tags", async () => {
    const { id } = await az.json<Run>(
      ...["pipelines", "run", "--name", "ci", "--parameters", "word=hello", ...inProject],
    );
    await pipelines.ended(id);
    const of = ["--id", String(id), ...inProject] as const;
    const ended = await az.json<Run>("pipelines", "runs", "show", ...of);
    assert.deepEqual([ended.status, ended.result], ["completed", "succeeded"]);
    const runs = await az.json<Run[]>("pipelines", "runs", "list", ...inProject);
    assert.deepEqual(
      runs.map((run) => run.id),
      [id],
    );
    const run = ["--run-id", String(id), ...inProject] as const;
    const [artifact] = await az.json<{ name: string }[]>(
      ...["pipelines", "runs", "artifact", "list", ...run],
    );
    assert.equal(artifact?.name, "made");
    const tag = ["pipelines", "runs", "tag"] as const;
    assert.deepEqual(await az.json(...tag, "add", ...run, "--tags", "seen"), ["seen"]);
    assert.deepEqual(await az.json(...tag, "list", ...run), ["seen"]);
    assert.deepEqual(await az.json(...tag, "delete", ...run, "--tag", "seen"), []);
  });

  it("make, rename, list and delete folders, and what lies in them", async () => {
    const folder = ["pipelines", "folder"] as const;
    type Folder = { readonly path: string; readonly description: string | null };
    const of = ["--path", "team\\web", ...inProject] as const;
    const made = await az.json<Folder>(...folder, "create", ...of, "--description", "Ours");
    assert.deepEqual([made.path, made.description], ["\\team\\web", "Ours"]);
    await az.json(...folder, "update", ...of, "--new-path", "team\\site");
    await az.json(
      ...["pipelines", "update", "--id", "1", "--new-folder-path", "\\team\\site"],
      ...inProject,
    );
    const paths = async () =>
      (await az.json<Folder[]>(...folder, "list", ...inProject)).map(({ path }) => path);
    assert.deepEqual(await paths(), ["\\", "\\team", "\\team\\site"]);
    const inside = ["--folder-path", "\\team\\site", ...inProject] as const;
    assert.equal((await az.json<unknown[]>("pipelines", "list", ...inside)).length, 1);
    await az.json(...["pipelines", "update", "--id", "1", "--new-folder-path", "\\", ...inProject]);
    await az.text(...folder, "delete", "--path", "team", "--yes", ...inProject);
    assert.deepEqual(await paths(), ["\\"]);
  });

  it("queue a build and show its definition", async () => {
    const of = ["--definition-name", "ci", ...inProject] as const;
    const { id } = await az.json<Run>("pipelines", "build", "queue", ...of);
    await pipelines.ended(id);
    const shown = await az.json<Run>(
      "pipelines",
      "build",
      "show",
      "--id",
      String(id),
      ...inProject,
    );
    assert.equal(shown.status, "completed");
    const definition = await az.json<{ name: string }>(
      ...["pipelines", "build", "definition", "show", "--name", "ci", ...inProject],
    );
    assert.equal(definition.name, "ci");
  });

  it("make, read and change variable groups; secrets stay away", async () => {
    const group = ["pipelines", "variable-group"] as const;
    const [seeded] = await az.json<Group[]>(...group, "list", ...inProject);
    assert.deepEqual([seeded?.name, seeded?.variables["HIDDEN"]?.value], ["g", null]);
    const created = await az.json<Group>(
      ...[...group, "create", "--name", "new", "--variables", "A=1", "B=2", ...inProject],
    );
    const of = ["--group-id", String(created.id), ...inProject] as const;
    assert.equal(created.variables["B"]?.value, "2");
    await az.json(
      ...[...group, "variable", "create", ...of, "--name", "S", "--secret", "true", "--value", "x"],
    );
    await az.json(...group, "variable", "update", ...of, "--name", "A", "--value", "3");
    const shown = await az.json<Group>(...group, "show", ...of);
    assert.deepEqual(
      ["A", "B", "S"].map((name) => shown.variables[name]?.value),
      ["3", "2", null],
    );
    assert.match(await az.text(...group, "delete", ...of, "--yes"), /^Deleted/);
    const left = await az.json<Group[]>(...group, "list", ...inProject);
    assert.deepEqual(
      left.map(({ name }) => name),
      ["g"],
    );
  });

  it("invoke any route by its area and resource", async () => {
    const { value } = await az.json<{ value: Run[] }>(
      ...["devops", "invoke", "--area", "build", "--resource", "builds"],
      ...["--route-parameters", "project=shop", "--api-version", "7.1"],
    );
    assert.ok(value.length > 0);
    assert.deepEqual(pipelines.sandbox.unhandled(), []);
  });
}
