import assert from "node:assert/strict";
import { ci, pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const root = `
trigger: none
parameters:
  - { name: loud, type: boolean, default: false }
  - { name: who, type: string, default: everybody }
resources:
  repositories:
    - { repository: shared, type: git, name: shared }
extends:
  template: stages/all.yml@shared
  parameters:
    loud: \${{ parameters.loud }}
    environments:
      - { name: dev, greeting: hello }
      - { name: prod }
    last:
      - bash: echo "last for \${{ parameters.who }}"
`;
const all = `
parameters:
  - { name: environments, type: object }
  - { name: loud, type: boolean }
  - { name: last, type: stepList, default: [] }
stages:
  - \${{ each environment in parameters.environments }}:
      - template: one.yml
        parameters:
          name: \${{ environment.name }}
          \${{ if environment.greeting }}:
            greeting: \${{ environment.greeting }}
          \${{ if eq(parameters.loud, true) }}:
            mark: "!"
          last: \${{ parameters.last }}
`;
const one = `
parameters:
  - { name: name, type: string }
  - { name: greeting, type: string, default: good day }
  - { name: mark, type: string, default: "." }
  - { name: last, type: stepList }
stages:
  - stage: \${{ parameters.name }}
    jobs:
      - job: say
        steps:
          - checkout: none
          - template: /steps/greet.yml
            parameters: { text: "\${{ parameters.greeting }} \${{ upper(parameters.name) }}\${{ parameters.mark }}" }
          - \${{ each step in parameters.last }}:
              - \${{ step }}
`;
const greet = `
parameters: { text: nothing }
steps:
  - bash: echo "\${{ parameters.text }}"
`;
// A template that is extended brings the repository that it extends itself.
const redirect = `
parameters: [{ name: environments, type: object }]
resources:
  repositories:
    - { repository: elsewhere, type: git, name: shared }
extends:
  template: stages/all.yml@elsewhere
  parameters:
    loud: true
    environments: \${{ parameters.environments }}
`;
const throughRedirect = `
extends:
  template: redirect.yml
  parameters:
    environments: [{ name: dev, greeting: hello }]
`;

describe("templates", () => {
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "ci.yml": root, "redirect.yml": redirect },
      repositories: {
        shared: { "stages/all.yml": all, "stages/one.yml": one, "steps/greet.yml": greet },
      },
      seed: { definitions: [ci] },
    });
  });
  after(() => pipelines.sandbox.close());

  async function queue(templateParameters: Readonly<Record<string, unknown>>): Promise<number> {
    const { id } = await pipelines.rest.send<{ id: number }>(
      "POST",
      "shop/_apis/pipelines/1/runs?api-version=7.1",
      { templateParameters },
    );
    await pipelines.ended(id);
    return id;
  }

  it("of another repository expand with loops, conditions, defaults and lists of steps", async () => {
    const id = await queue({});
    assert.deepEqual(await pipelines.results(id, "Stage"), { dev: "succeeded", prod: "succeeded" });
    const log = await pipelines.log(id);
    assert.match(log, /^hello DEV\.$/m);
    assert.match(log, /^good day PROD\.$/m);
    assert.match(log, /^last for everybody$/m);
  });

  it("take the parameters of whoever starts the run", async () => {
    const log = await pipelines.log(await queue({ loud: "true", who: "Dana" }));
    assert.match(log, /^hello DEV!$/m);
    assert.match(log, /^last for Dana$/m);
  });

  it("refuse a parameter that is not declared or of another type", async () => {
    await assert.rejects(queue({ quiet: "true" }), /answered 400: .*Unexpected parameter 'quiet'/);
    await assert.rejects(
      queue({ loud: "maybe" }),
      /'loud' parameter value 'maybe' is not a valid Boolean/,
    );
  });

  it("that are extended may name the repositories of the templates that they extend", async () => {
    const { finalYaml } = await pipelines.rest.send<{ finalYaml: string }>(
      "POST",
      "shop/_apis/pipelines/1/preview?api-version=7.1",
      { previewRun: true, yamlOverride: throughRedirect },
    );
    assert.match(finalYaml, /echo "hello DEV!"/);
    assert.match(finalYaml, /- repository: elsewhere/);
  });
});
