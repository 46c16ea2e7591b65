// What the vendor's documents say of templates and expressions, in pipelines of our own.
import type { PreviewCase } from "./preview-case.ts";

const echo = "steps: [{ script: x }]\n";
const gathered = (key: string): PreviewCase => ({
  it: `a step put together by a loop over its pairs, without its ${key}`,
  yaml: `extends:
  template: gather-${key}.yml
  parameters:
    userSteps:
      - { script: a, condition: always(), displayName: A }
      - { bash: b, displayName: B }
`,
  files: {
    [`gather-${key}.yml`]: `parameters: [{ name: userSteps, type: stepList, default: [] }]
steps:
  - \${{ each step in parameters.userSteps }}:
      - \${{ each pair in step }}:
          \${{ if ne(pair.key, '${key}') }}:
            \${{ pair.key }}: \${{ pair.value }}
`,
  },
  scripts: ["a", "b"],
});
const typed = `parameters:
  - { name: s, type: step }
  - { name: n, type: number, default: 3 }
  - { name: b, type: boolean, default: false }
steps:
  - \${{ parameters.s }}
  - \${{ if parameters.b }}:
      - script: b
  - script: n \${{ parameters.n }}
`;
const withTyped = (given: string) =>
  `steps:\n  - template: typed.yml\n    parameters: { s: { script: s }, ${given} }\n`;

export const documentCases: readonly PreviewCase[] = [
  { ...gathered("condition"), at: { "stages.0.jobs.0.steps.0.condition": undefined } },
  { ...gathered("displayName"), at: { "stages.0.jobs.0.steps.0.condition": "always()" } },
  {
    it: "a loop over pairs of which none is left adds no step",
    yaml: `parameters: [{ name: none, type: object, default: {} }]
steps:
  - \${{ each pair in parameters.none }}:
      \${{ pair.key }}: \${{ pair.value }}
  - script: x
`,
    scripts: ["x"],
  },
  {
    it: "a loop over a list whose rounds all bring the same key",
    yaml: "steps:\n  - ${{ each x in split('a,b', ',') }}:\n      script: ${{ x }}\n",
    refused: /'script' is already defined/,
  },
  {
    it: "jobs wrapped by a template",
    yaml: "jobs:\n  - template: jobs.yml\n    parameters: { jobs: [{ job: a, displayName: A, steps: [{ script: one }] }] }\n",
    files: {
      "jobs.yml": `parameters: [{ name: jobs, type: jobList, default: [] }]
jobs:
  - \${{ each job in parameters.jobs }}:
      - \${{ each pair in job }}:
          \${{ if ne(pair.key, 'steps') }}:
            \${{ pair.key }}: \${{ pair.value }}
        steps: [{ script: before }, "\${{ job.steps }}", { script: after }]
`,
    },
    scripts: ["before", "one", "after"],
    at: { "stages.0.jobs.0.displayName": "A" },
  },
  {
    it: "types of a template's parameters",
    yaml: withTyped("b: true, n: '7'"),
    files: { "typed.yml": typed },
    scripts: ["s", "b", "n 7"],
  },
  {
    it: "a text for a number",
    yaml: withTyped("n: seven"),
    refused: /'n' parameter value 'seven' is not a valid Number/,
  },
  {
    it: "a text for a boolean",
    yaml: withTyped("b: maybe"),
    refused: /'b' parameter value 'maybe' is not a valid Boolean/,
  },
  {
    it: "a step in the place of steps",
    yaml: "steps: [{ template: steps-given.yml, parameters: { given: { script: x } } }]\n",
    files: {
      "steps-given.yml":
        "parameters: [{ name: given, type: stepList }]\nsteps: ['${{ parameters.given }}']\n",
    },
    refused: /The 'given' parameter is not a valid StepList\./,
  },
  {
    it: "a parameter that the template has not",
    yaml: withTyped("absent: x"),
    refused: /Unexpected parameter 'absent'/,
  },
  {
    it: "a parameter that nobody gives",
    yaml: "steps: [{ template: typed.yml }]\n",
    refused: /A value for the 's' parameter must be provided/,
  },
  {
    it: "stages before and after those of whoever extends",
    yaml: "extends:\n  template: base.yml\n  parameters: { stages: [{ stage: second, jobs: [{ job: b, steps: [{ script: b }] }] }] }\n",
    files: {
      "base.yml":
        "parameters: [{ name: stages, type: stageList, default: [] }]\nstages:\n  - { stage: first, jobs: [{ job: a, steps: [{ script: a }] }] }\n  - ${{ parameters.stages }}\n",
    },
    scripts: ["a", "b"],
  },
  {
    it: "stages for each environment, jobs for each of its regions",
    yaml: `parameters:
  - name: envs
    type: object
    default: [{ name: dev, regions: [eu, us] }, { name: prod, regions: [eu] }]
stages:
  - \${{ each env in parameters.envs }}:
      - stage: \${{ env.name }}
        jobs:
          - \${{ each r in env.regions }}:
              - job: \${{ env.name }}_\${{ r }}
                steps: [{ script: "\${{ upper(r) }}" }]
`,
    scripts: ["EU", "US", "EU"],
    at: { "stages.1.jobs.0.job": "prod_eu" },
  },
  {
    it: "stages by a template, each after the one before",
    yaml: "stages:\n  - { template: stage.yml, parameters: { name: dev, vars: { a: 1, b: two } } }\n  - { template: stage.yml, parameters: { name: prod, after: [dev] } }\n",
    files: {
      "stage.yml": `parameters:
  - { name: name, type: string }
  - { name: after, type: object, default: [] }
  - { name: vars, type: object, default: {} }
stages:
  - stage: \${{ parameters.name }}
    dependsOn: \${{ parameters.after }}
    variables:
      - \${{ each v in parameters.vars }}:
          - { name: "\${{ v.key }}", value: "\${{ v.value }}" }
    jobs: [{ job: j, steps: [{ script: x }] }]
`,
    },
    at: {
      "stages.0.dependsOn": [],
      "stages.1.dependsOn": ["dev"],
      "stages.0.variables.1": { name: "b", value: "two" },
    },
  },
  {
    it: "a deployment as a parameter",
    yaml: "jobs:\n  - template: deployment.yml\n    parameters: { d: { deployment: x, environment: e.r, strategy: { runOnce: { deploy: { steps: [{ script: y }] } } } } }\n",
    files: {
      "deployment.yml":
        "parameters: [{ name: d, type: deployment }]\njobs: ['${{ parameters.d }}']\n",
    },
    at: { "stages.0.jobs.0.environment": { name: "e", resourceName: "r" } },
  },
  {
    it: "a matrix made by loops in loops",
    yaml: `parameters: [{ name: m, type: object, default: { a: { x: 1 }, b: { x: 2 } } }]
jobs:
  - job: j
    strategy:
      matrix:
        \${{ each p in parameters.m }}:
          \${{ p.key }}:
            \${{ each q in p.value }}:
              \${{ q.key }}: \${{ q.value }}
    steps: []
`,
    at: { "stages.0.jobs.0.strategy.matrix": { a: { x: "1" }, b: { x: "2" } } },
  },
  {
    it: "templates beside templates, and from the root",
    yaml: "steps: [{ template: in/steps.yml }]\n",
    files: {
      "in/steps.yml": "steps: [{ template: deep/inner.yml }, { template: /in/deep/inner.yml }]\n",
      "in/deep/inner.yml": "steps: [{ script: inner }]\n",
    },
    scripts: ["inner", "inner"],
  },
  {
    it: "variables by templates in templates, with those before them",
    yaml: `variables:
  - { name: outer, value: o }
  - template: listed.yml
    parameters: { env: prod }
${echo}`,
    files: {
      "listed.yml": `parameters: [{ name: env, type: string, values: [dev, prod] }]
variables:
  - \${{ if eq(parameters.env, 'prod') }}:
      - { name: replicas, value: 3 }
  - template: mapped.yml
`,
      "mapped.yml": "variables:\n  seen: ${{ variables.outer }}\n",
    },
    variables: { outer: "o", replicas: "3", seen: "o" },
  },
  {
    it: "a value that is not among a template's",
    yaml: `variables:\n  - { template: listed.yml, parameters: { env: qa } }\n${echo}`,
    refused: /'env' parameter value 'qa'/,
  },
  {
    it: "variables of the root beside those of what it extends",
    yaml: "extends: { template: with-variables.yml }\nvariables: { mine: 2 }\n",
    files: { "with-variables.yml": `variables: { its: 1 }\n${echo}` },
    refused: /'variables' is already defined/,
  },
  {
    it: "an if in an if, and the else of each",
    yaml: `steps:
  - \${{ if true }}:
      - \${{ if false }}:
          - script: a
      - \${{ else }}:
          - script: b
  - \${{ else }}:
      - script: c
`,
    scripts: ["b"],
  },
  {
    it: "branches and loops inside a step",
    yaml: `steps:
  - script: x
    \${{ if true }}:
      displayName: D
    \${{ else }}:
      displayName: E
    env:
      \${{ insert }}: { A: b }
      \${{ each x in split('p,q', ',') }}:
        K_\${{ x }}: \${{ x }}
`,
    env: { A: "b", K_p: "p", K_q: "q" },
    at: { "stages.0.jobs.0.steps.0.displayName": "D" },
  },
  {
    it: "what counts as true: an empty list and mapping do, an empty text and zero do not",
    yaml: `parameters: [{ name: list, type: object, default: [] }, { name: map, type: object, default: {} }]
steps:
  - \${{ if parameters.list }}:
      - script: list
  - \${{ if parameters.map }}:
      - script: map
  - \${{ if '' }}:
      - script: empty
  - \${{ if 0 }}:
      - script: zero
  - \${{ if 'false' }}:
      - script: text
`,
    scripts: ["list", "map", "text"],
  },
  {
    it: "variables of a job in its own steps only",
    yaml: `jobs:
  - { job: a, variables: { v: 1 }, steps: [{ script: "[\${{ variables.v }}]" }] }
  - { job: b, steps: [{ script: "[\${{ variables.v }}]" }] }
`,
    scripts: ["[1]", "[]"],
  },
  {
    it: "functions of a run where templates are read",
    yaml: "steps:\n  - ${{ if not(succeeded()) }}:\n      - script: no\n",
    refused: /Unrecognized value: 'succeeded'/,
  },
  {
    it: "counter where templates are read",
    yaml: `variables: { a: "\${{ counter('x', 1) }}" }\n${echo}`,
    refused: /Unrecognized value: 'counter'/,
  },
  {
    it: "more places than arguments in a form",
    yaml: "steps: [{ script: \"${{ format('{0}{1}', 1) }}\" }]\n",
    refused: /references more arguments than were supplied/,
  },
  {
    it: "expressions in what the only job says of itself, with variables of a template",
    yaml: `parameters: [{ name: slices, type: number, default: 3 }]
variables: [{ template: images.yml }]
pool: { vmImage: "\${{ variables.image }}" }
container: \${{ variables.tools }}
strategy: { parallel: "\${{ parameters.slices }}" }
${echo}`,
    files: { "images.yml": "variables: { image: ubuntu-24.04, tools: 'node:24' }\n" },
    at: {
      "stages.0.jobs.0.pool": { vmImage: "ubuntu-24.04" },
      "stages.0.jobs.0.container": { alias: "node:24" },
      "stages.0.jobs.0.strategy": { parallel: "3" },
    },
  },
  {
    it: "a branch in the pool of all jobs",
    yaml: "pool:\n  ${{ if eq(variables['Build.SourceBranchName'], 'main') }}: { name: P }\n  ${{ else }}: { vmImage: x }\njobs: [{ job: a, steps: [] }]\n",
    at: { pool: { name: "P" } },
  },
  {
    it: "a pool in what a pipeline extends: it stands in the pipeline itself",
    yaml: "extends: { template: with-pool.yml }\n",
    files: { "with-pool.yml": `pool: x\n${echo}` },
    refused: /with-pool\.yml \(Line: 1, Col: 1\): Unexpected value 'pool'/,
  },
  {
    it: "values of functions",
    yaml: `variables:
  a: \${{ coalesce('', variables.none, 'c') }}
  b: \${{ format('{0} {{x}} {1}', 'a', true) }}
  c: \${{ join(',', 'abc') }}
  d: \${{ length(split('a,b', ',')) }}
  e: \${{ replace('aXbx', 'x', '-') }}
  f: \${{ upper(1) }}\${{ lower(true) }}[\${{ trim(' y ') }}]
  g: \${{ gt('2', '10') }} \${{ eq('1', 1) }} \${{ eq('', false) }} \${{ xor(true, 'x') }}
  h: \${{ 1.20 }} \${{ 1.2.3 }} \${{ -5 }} \${{ .5 }}
  i: \${{ split('a;b', ';')[1] }}[\${{ split('a;b', ';')[5] }}]
${echo}`,
    variables: {
      ...{ a: "c", b: "a {x} True", c: "abc", d: "2", e: "aXb-", f: "1true[y]" },
      ...{ g: "True True False False", h: "1.2 1.2.3 -5 0.5", i: "b[]" },
    },
  },
  {
    it: "words of YAML in an object, as JSON",
    yaml: `parameters: [{ name: p, type: object, default: { a: True, b: ~, c: Null, d: 1.50, e: '1.50' } }]
variables: { json: "\${{ convertToJson(parameters.p) }}" }
${echo}`,
    variables: {
      json: '{\n  "a": true,\n  "b": "",\n  "c": "",\n  "d": 1.5,\n  "e": "1.50"\n}',
    },
  },
];
