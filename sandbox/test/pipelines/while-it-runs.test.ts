// What a run does with variables: ../shared/cases/pipelines/4-while-it-runs.md and its kind.
import assert from "node:assert/strict";
import { createClock } from "../../azure-devops/clock.ts";
import { eventually } from "../support/eventually.ts";
import { definitionsOf, pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const bash = (script: string, more = "") =>
  `  - bash: |\n${script.replace(/^/gm, "      ")}\n${more.replace(/^(?=.)/gm, "    ")}`;
const pipeline = (variables: string, ...steps: readonly string[]) =>
  `trigger: none\nvariables: ${variables}\nsteps:\n  - checkout: none\n${steps.join("")}`;

const files = {
  "nested.yml": pipeline(
    "{ b: inner, ainner: outer }",
    bash("echo 'NESTED=$(a$(b)) UNKNOWN=$(nope) SLASH=$(a/b)'"),
  ),
  "named.yml": pipeline(
    "{ target: north, round: $(about), about: $(round) }",
    bash("echo '##vso[task.setvariable variable=where]$(target)'"),
    bash(`printf '##vso[task.setvariable variable=later]%s\\n' '$'"(target)"`),
    bash('echo "SEEN=$(where) $(later) ROUND=$LATER"'),
  ),
  "readonly.yml": pipeline(
    "[{ name: fixed, value: a, readonly: true }]",
    bash('echo "##vso[task.setvariable variable=release;isreadonly=true]1"'),
    bash('echo "##vso[task.setvariable variable=release]2"'),
    bash('echo "##vso[task.setvariable variable=FIXED]b"', "condition: always()\n"),
    bash('echo "RELEASE=$(release) FIXED=$(fixed)"', "condition: always()\n"),
  ),
  "output.yml": pipeline(
    "{ plain: before }",
    bash('echo "##vso[task.setvariable variable=plain;isoutput=true]after"', "name: said\n"),
    bash('echo "PLAIN=$(plain) OUTPUT=$(said.plain)"'),
  ),
  "environment.yml": pipeline(
    "[{ name: COLOUR, value: blue }, { name: my_name, value: underline }, { name: my.name, value: dot }]",
    bash('echo "COLOUR=$COLOUR NAME=$MY_NAME OWN=$OWN"', "env: { COLOUR: red, OWN: mine }\n"),
  ),
};

describe("a run", () => {
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({
      app: files,
      seed: {
        definitions: definitionsOf(...Object.keys(files).map((name) => name.replace(".yml", ""))),
      },
    });
  });
  after(() => pipelines.sandbox.close());

  async function logOf(name: keyof typeof files): Promise<string> {
    const { id } = await pipelines.start(Object.keys(files).indexOf(name) + 1);
    await pipelines.ended(id);
    return pipelines.log(id);
  }

  it("replaces macros in one pass", async () => {
    assert.match(
      await logOf("nested.yml"),
      /^NESTED=\$\(ainner\) UNKNOWN=\$\(nope\) SLASH=\$\(a\/b\)$/m,
    );
  });

  it("expands what variables name before each step, in the environment too", async () => {
    assert.match(await logOf("named.yml"), /^SEEN=north north ROUND=north$/m);
  });

  it("refuses to overwrite a read-only variable, and goes on where it may", async () => {
    const log = await logOf("readonly.yml");
    assert.match(log, /Overwriting readonly variable 'release' is not permitted/);
    assert.match(log, /Overwriting readonly variable 'FIXED' is not permitted/);
    assert.match(log, /^RELEASE=1 FIXED=a$/m);
  });

  it("knows an output by its step's name only", async () => {
    assert.match(await logOf("output.yml"), /^PLAIN=before OUTPUT=after$/m);
  });

  it("puts public variables over a step's own environment, one of two with the same name", async () => {
    assert.match(await logOf("environment.yml"), /^COLOUR=blue NAME=dot OWN=mine$/m);
  });
});

describe("a job on the server without a limit", () => {
  it("ends after 60 minutes", async () => {
    const clock = createClock();
    const yaml = `trigger: none
jobs:
  - job: wait
    pool: server
    timeoutInMinutes: 0
    steps: [{ task: Delay@1, inputs: { delayForMinutes: "90" } }]
`;
    const pipelines = await pipelinesWith({ app: { "ci.yml": yaml }, clock });
    try {
      const { id } = await pipelines.start();
      await eventually("the delay", async () => {
        const records = await pipelines.records(id);
        return records.some((one) => one.task && one.startTime !== null) ? true : undefined;
      });
      clock.advance(59 * 60_000);
      assert.notEqual((await pipelines.build(id)).status, "completed");
      clock.advance(2 * 60_000);
      const ended = await pipelines.ended(id);
      assert.notEqual(ended.result, "succeeded");
    } finally {
      await pipelines.sandbox.close();
    }
  });
});
