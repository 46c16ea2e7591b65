// The preview against what the service is known to do: accepted or refused, and what it comes to.
import assert from "node:assert/strict";
import { parse } from "yaml";
import { ci, pipelinesWith, type Pipelines } from "../pipelines-harness.ts";
import { acceptedCases } from "./accepted-cases.ts";
import { documentCases } from "./document-cases.ts";
import { foundCases } from "./found-cases.ts";
import { namedCases } from "./named-cases.ts";
import type { PreviewCase } from "./preview-case.ts";
import { refusedCases } from "./refused-cases.ts";
import { schemaCases } from "./schema-cases.ts";
import { valueCases } from "./value-cases.ts";

const groups = {
  ...{ gives: valueCases, refuses: refusedCases, accepts: acceptedCases },
  ...{ "reads, by the documents,": documentCases, "reads, by the schema,": schemaCases },
  ...{ "looks for what is named:": namedCases, "reads, as it is in use:": foundCases },
};

type Found = {
  readonly variables?: readonly { readonly name: string; readonly value: string }[];
  readonly stages: readonly {
    readonly jobs: readonly {
      readonly steps?: readonly {
        readonly inputs?: { readonly script?: string };
        readonly env?: unknown;
      }[];
    }[];
  }[];
};

describe("the preview of a pipeline", () => {
  let pipelines: Pipelines;
  const templates = Object.values(groups)
    .flat()
    .map(({ files = {} }) => files);
  before(async () => {
    pipelines = await pipelinesWith({
      app: Object.assign({ "ci.yml": "" }, ...templates),
      seed: {
        definitions: [ci],
        serviceEndpoints: [{ name: "e", type: "Generic", url: "http://e" }],
      },
    });
  });
  after(() => pipelines.sandbox.close());

  async function previewed({ yaml, given = {} }: PreviewCase): Promise<string> {
    const { finalYaml } = await pipelines.rest.send<{ finalYaml: string }>(
      "POST",
      "shop/_apis/pipelines/1/preview?api-version=7.1",
      { previewRun: true, yamlOverride: yaml, templateParameters: given },
    );
    return finalYaml;
  }

  it("is written as the service writes it: texts bare where they can be, empty ones in quotes", async () => {
    const yaml = 'steps: [{ script: a, displayName: "", env: { FLAG: "true", WIDE: "  x  " } }]\n';
    assert.equal(
      await previewed({ it: "", yaml }),
      `stages:
- stage: __default
  jobs:
  - job: Job
    steps:
    - task: CmdLine@2
      displayName: ''
      env:
        FLAG: true
        WIDE: '  x  '
      inputs:
        script: a
`,
    );
  });

  for (const [verb, cases] of Object.entries(groups)) {
    describe(verb, () => {
      for (const one of cases) {
        it(one.it, async () => {
          if ("refused" in one) {
            await assert.rejects(previewed(one), one.refused);
            return;
          }
          const found = parse(await previewed(one), { schema: "failsafe" }) as Found;
          const steps = found.stages.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps ?? []));
          const { scripts, variables, env, at = {} } = one;
          if (scripts)
            assert.deepEqual(
              steps.map(({ inputs }) => inputs?.script),
              scripts,
            );
          if (env) assert.deepEqual(steps[0]?.env, env);
          if (variables) {
            const pairs = (found.variables ?? []).map(({ name, value }) => [name, value]);
            assert.deepEqual(Object.fromEntries(pairs), variables);
          }
          for (const [path, value] of Object.entries(at)) {
            assert.deepEqual(below(found, path), value, path);
          }
        });
      }
    });
  }
});

function below(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((one, key) => (one as Record<string, unknown> | undefined)?.[key], value);
}
