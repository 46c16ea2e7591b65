import assert from "node:assert/strict";
import { parse } from "yaml";
import { ci, pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const steps = "steps: [{ checkout: none }]\n";
const files = {
  "ci.yml": `trigger: none\n${steps}`,
  "steps.yml":
    "parameters: [{ name: who, default: all }]\nsteps: [{ bash: 'echo ${{ parameters.who }}' }]\n",
  "vars.yml": "variables: { shared: one, other: '${{ variables.root }}' }\n",
  "typed.yml": `parameters:
  - { name: text, type: string, default: "" }
  - { name: size, type: string, default: small, values: [small, large] }
  - { name: count, type: number, default: 1 }
  - { name: flag, type: boolean, default: true }
  - { name: map, type: object, default: { a: 1 } }
  - { name: before, type: stepList, default: [] }
  - { name: one, type: step, default: { bash: one } }
  - { name: jobs, type: jobList, default: [] }
  - { name: names, type: stringList, default: [x] }
jobs:
  - job: first
    displayName: \${{ parameters.text }} \${{ parameters.size }} \${{ parameters.count }} \${{ parameters.flag }} \${{ parameters.map.a }} \${{ join('+', parameters.names) }}
    steps:
      - \${{ parameters.before }}
      - \${{ parameters.one }}
  - \${{ each job in parameters.jobs }}:
      - \${{ job }}
`,
  "circle.yml": "steps: [{ template: circle.yml }]\n",
};

type Pipeline = Readonly<Record<string, unknown>> & {
  readonly steps?: unknown;
  readonly jobs?: readonly Readonly<Record<string, unknown>>[];
  readonly variables?: unknown;
};

type Step = { readonly task: string; readonly inputs: { readonly script: string } };
type Job = { readonly steps?: readonly Step[] };
type Normal = {
  readonly variables?: readonly { readonly name: string; readonly value: unknown }[];
  readonly stages: readonly { readonly jobs: readonly Job[] }[];
};

// What these tests look at, without the form that the preview writes out.
function plain({ variables = [], stages }: Normal): Pipeline {
  const jobs = stages.flatMap((stage) =>
    stage.jobs.map((job) => ({
      ...job,
      steps: job.steps?.map(({ task, inputs, ...rest }) =>
        task === "Bash@3" ? { bash: inputs.script, ...rest } : { task, inputs, ...rest },
      ),
    })),
  );
  return {
    ...{ jobs, steps: jobs[0]?.steps },
    variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
  };
}

describe("template expressions", () => {
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({ app: files, seed: { definitions: [ci] } });
  });
  after(() => pipelines.sandbox.close());

  async function expanded(yaml: string, templateParameters = {}): Promise<Pipeline> {
    const { finalYaml } = await pipelines.rest.send<{ finalYaml: string }>(
      "POST",
      "shop/_apis/pipelines/1/preview?api-version=7.1",
      { previewRun: true, yamlOverride: yaml, templateParameters },
    );
    return plain(parse(finalYaml, { schema: "failsafe" }) as Normal);
  }

  it("take the first branch that holds, in lists, mappings and values", async () => {
    const seen = await expanded(`
variables:
  \${{ if eq(1, 2) }}: { a: one }
  \${{ elseif eq(2, 2) }}: { a: two }
  \${{ else }}: { a: three }
  b: { "\${{ if false }}": no, "\${{ else }}": yes please }
steps:
  - \${{ if false }}:
      - bash: one
  - \${{ elseif true }}:
      - bash: two
  - \${{ elseif true }}:
      - bash: three
  - \${{ else }}:
      - bash: four
`);
    assert.deepEqual(seen.variables, { a: "two", b: "yes please" });
    assert.deepEqual(seen.steps, [{ bash: "two" }]);
  });

  it("walk lists and mappings, and insert mappings", async () => {
    const seen = await expanded(`
parameters:
  - { name: env, type: object, default: { A: "1", B: "2" } }
steps:
  - \${{ each pair in parameters.env }}:
      - bash: \${{ pair.key }}=\${{ pair.value }}
  - bash: all
    env:
      \${{ insert }}: \${{ parameters.env }}
      C: "3"
`);
    assert.deepEqual(seen.steps, [
      { bash: "A=1" },
      { bash: "B=2" },
      { bash: "all", env: { A: "1", B: "2", C: "3" } },
    ]);
  });

  it("see the variables before and around them, those of templates too", async () => {
    const seen = await expanded(`
variables:
  - { name: root, value: r }
  - template: vars.yml
  - { name: last, value: "\${{ variables.shared }} \${{ variables.other }}" }
jobs:
  - job: a
    variables: { own: mine }
    steps: [{ bash: "\${{ variables.last }} \${{ variables.own }} \${{ variables['build.reason'] }}" }]
`);
    assert.deepEqual(seen.jobs?.[0]?.["steps"], [{ bash: "one r mine Manual" }]);
  });

  it("bind every type of parameter, and read templates among given steps", async () => {
    const seen = await expanded(`
jobs:
  - template: typed.yml
    parameters:
      text: 1.10
      size: large
      count: 2
      flag: false
      map: { a: { "\${{ if true }}": deep } }
      before: [{ template: steps.yml, parameters: { who: me } }]
      jobs: [{ job: second, steps: [{ bash: two }] }]
      names: [x, y]
`);
    assert.equal(seen.jobs?.[0]?.["displayName"], "1.10 large 2 False deep x+y");
    assert.deepEqual(seen.jobs?.[0]?.["steps"], [{ bash: "echo me" }, { bash: "one" }]);
    assert.equal(seen.jobs?.[1]?.["job"], "second");
  });

  const refused: Readonly<Record<string, readonly [yaml: string, message: RegExp]>> = {
    "a value that is not among the allowed ones": [
      "jobs:\n  - template: typed.yml\n    parameters: { size: huge }\n",
      /ci\.yml \(Line: 3, Col: \d+\): The 'size' parameter value 'huge' is not a valid value: .*small, large/,
    ],
    "a number that is none": [
      "jobs:\n  - template: typed.yml\n    parameters: { count: many }\n",
      /ci\.yml \(Line: 3, Col: \d+\): The 'count' parameter value 'many' is not a valid Number/,
    ],
    "a parameter that the template has not": [
      "jobs:\n  - template: typed.yml\n    parameters: { more: 1 }\n",
      /ci\.yml \(Line: 3, Col: \d+\): Unexpected parameter 'more'/,
    ],
    "a template of steps among jobs": [
      "jobs:\n  - template: steps.yml\n",
      /steps\.yml \(Line: 2, Col: 1\): Unexpected value 'steps'/,
    ],
    "templates that include one another": [
      "steps:\n  - template: circle.yml\n",
      /circle\.yml \(Line: 1, Col: \d+\): (Templates include one another|No more than 100 files)/,
    ],
    "dependencies that go round": [
      "jobs:\n  - { job: a, dependsOn: b, steps: [] }\n  - { job: b, dependsOn: a, steps: [] }\n",
      /ci\.yml \(Line: 2, Col: \d+\): The pipeline must contain at least one job with no dependencies/,
    ],
  };
  for (const [what, [yaml, message]] of Object.entries(refused)) {
    it(`refuse ${what}, with file and line`, async () => {
      await assert.rejects(expanded(yaml), message);
    });
  }
});
