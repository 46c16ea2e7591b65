// What the service takes: ../shared/cases/pipelines/3-accepted.md and its kind.
import type { PreviewCase } from "./preview-case.ts";

const apps = `parameters:
  - name: apps
    type: object
    default: { rows: [{ id: web, tags: [x, y] }, { id: api, tags: [z] }], byName: { a: { id: 1 }, b: { id: 2 } } }
`;
const elsewhere = (full: boolean, what: string): PreviewCase => ({
  it: `23 else after a step in between, where full is ${full}`,
  yaml: `parameters: [{ name: full, type: boolean, default: ${full} }]
steps:
  - \${{ if parameters.full }}:
      - script: full
  - script: between
  - \${{ ${what} }}:
      - script: quick
`,
  scripts: full ? ["full", "between"] : ["between", "quick"],
});
const regions = `parameters:
  - { name: regions, type: stringList, default: [north], values: [north, south, east] }
steps:
  - script: echo "\${{ join(' ', parameters.regions) }}"
`;
const build = "steps: [{ script: build }]\n";

export const acceptedCases: readonly PreviewCase[] = [
  {
    it: "22 filtered lists by [*], and by .*",
    yaml: `${apps}variables:
  ids: \${{ join(',', parameters.apps.rows[*].id) }}
  values: \${{ join(',', parameters.apps.byName[*].id) }}
  firsts: \${{ join(',', parameters.apps.rows[*].tags[0]) }}
  all: \${{ join(',', parameters.apps.rows[*].tags[*]) }}
  dots: \${{ join(',', parameters.apps.rows.*.id) }}
  none: "[\${{ join(',', parameters.apps.absent[*].id) }}]"
steps: [{ script: echo }]
`,
    variables: {
      ids: "web,api",
      values: "1,2",
      firsts: "x,z",
      all: "x,y,z",
      dots: "web,api",
      none: "[]",
    },
  },
  elsewhere(false, "else"),
  elsewhere(true, "else"),
  elsewhere(false, "elseif true"),
  {
    it: "24 a list of texts with allowed values",
    yaml: "steps:\n  - template: regions.yml\n    parameters: { regions: [north, east] }\n",
    files: { "regions.yml": regions },
    scripts: ['echo "north east"'],
  },
  { it: "24 the same in the root file", yaml: regions, scripts: ['echo "north"'] },
  {
    it: "24 and refuses another value",
    yaml: "steps:\n  - template: regions.yml\n    parameters: { regions: [west] }\n",
    files: { "regions.yml": regions },
    refused: /'regions' parameter/,
  },
  {
    it: "25 a template of self by an empty name",
    yaml: "steps:\n  - template: build.yml@\n  - template: build.yml@self\n",
    files: { "build.yml": build },
    scripts: ["build", "build"],
  },
  {
    it: "25 but no repository of two names",
    yaml: "steps:\n  - template: build.yml@self@self\n",
    files: { "build.yml": build },
    refused: /No repository found by name self@self/,
  },
  {
    it: "26 a mapping under an if among steps",
    yaml: "steps:\n  - ${{ if eq(1, 1) }}:\n      script: echo one step\n",
    scripts: ["echo one step"],
  },
  {
    it: "26 a mapping under an else",
    yaml: "steps:\n  - ${{ if false }}:\n      script: no\n  - ${{ else }}:\n      script: yes\n",
    scripts: ["yes"],
  },
  {
    it: "26 a step that insert brings",
    yaml: "parameters: [{ name: step, type: object, default: { script: hi } }]\nsteps:\n  - ${{ insert }}: ${{ parameters.step }}\n",
    scripts: ["hi"],
  },
  {
    it: "shortcuts as the tasks behind them, one job and one stage around them",
    yaml: "pool: { vmImage: windows-latest }\ntrigger: none\nsteps:\n  - checkout: none\n  - pwsh: a\n    target: host\n  - bash: b\n    workingDirectory: c\n",
    at: {
      trigger: { enabled: "false" },
      "stages.0.stage": "__default",
      "stages.0.jobs.0.job": "Job",
      "stages.0.jobs.0.pool": { vmImage: "windows-latest" },
      "stages.0.jobs.0.steps.0": {
        task: "6d15af64-176c-496d-b583-fd2ae21d4df4@1",
        condition: "false",
        inputs: { repository: "none" },
      },
      "stages.0.jobs.0.steps.1": {
        task: "PowerShell@2",
        target: { container: "host" },
        inputs: { targetType: "inline", pwsh: "true", script: "a" },
      },
      "stages.0.jobs.0.steps.2": {
        task: "Bash@3",
        inputs: { targetType: "inline", script: "b", workingDirectory: "c" },
      },
    },
  },
  {
    it: "lists, names and variables written out",
    yaml: "trigger: [main]\nvariables: { a: 1 }\njobs:\n  - job: a\n    pool: server\n    steps: []\n  - job: b\n    dependsOn: a\n    variables: { c: d }\n    steps: []\n",
    at: {
      trigger: { branches: { include: ["main"] } },
      variables: [{ name: "a", value: "1" }],
      "stages.0.jobs.0.pool": { name: "server" },
      "stages.0.jobs.1.dependsOn": ["a"],
      "stages.0.jobs.1.variables": [{ name: "c", value: "d" }],
    },
  },
  {
    it: "steps of a parameter in their normal form, as a template's checks see them",
    yaml: "steps:\n  - template: t.yml\n    parameters: { steps: [{ script: a }, { task: Npm@1 }] }\n",
    files: {
      "t.yml":
        "parameters: [{ name: steps, type: stepList }]\nsteps:\n  - ${{ each step in parameters.steps }}:\n      - ${{ if startsWith(step.task, 'CmdLine') }}:\n          - script: no\n      - ${{ else }}:\n          - ${{ step }}\n",
    },
    at: {
      "stages.0.jobs.0.steps.0.inputs.script": "no",
      "stages.0.jobs.0.steps.1": { task: "Npm@1" },
    },
  },
  {
    it: "a literal text in a default, and where no expression may stand",
    yaml: 'parameters: [{ name: p, type: number, default: "${{ \'7\' }}" }]\ntrigger: ["${{ \'main\' }}"]\nsteps: [{ script: "${{ parameters.p }}" }]\n',
    scripts: ["7"],
    at: { trigger: { branches: { include: ["main"] } } },
  },
  {
    it: "a pipeline that extends a template that extends one",
    yaml: "variables: { a: b }\nextends:\n  template: one.yml\n  parameters: { who: me }\n",
    files: {
      "one.yml":
        'parameters: [{ name: who }]\nextends:\n  template: two.yml\n  parameters: { who: "${{ parameters.who }}!" }\n',
      "two.yml":
        'parameters: [{ name: who }]\nsteps: [{ script: "${{ parameters.who }} ${{ variables.a }}" }]\n',
    },
    scripts: ["me! b"],
  },
  {
    it: "what the sandbox itself cannot run",
    yaml: "schedules: [{ cron: '0 0 * * *', branches: { include: [main] } }]\njobs:\n  - job: a\n    container: ubuntu:24.04\n    steps: [{ task: DotNetCoreCLI@2 }]\n  - deployment: b\n    environment: e.r\n    strategy: { rolling: { deploy: { steps: [{ script: x }] } } }\n",
    at: {
      "stages.0.jobs.0.container": { alias: "ubuntu:24.04" },
      "stages.0.jobs.1.environment": { name: "e", resourceName: "r" },
    },
  },
  {
    it: "a loop over a key that an element has not goes no round",
    yaml: `parameters: [{ name: p, type: object, default: [{ x: [a] }, { y: 1 }] }]
steps:
  - \${{ each one in parameters.p }}:
      - \${{ each x in one.x }}:
          - script: \${{ x }}
`,
    scripts: ["a"],
  },
  {
    it: "a template whose parameters are a mapping takes others too, as does one without any",
    yaml: `steps:
  - template: open.yml
    parameters: { named: a, other: b }
  - template: bare.yml
    parameters: { step: { script: c } }
`,
    files: {
      "open.yml":
        "parameters: { named: '' }\nsteps: [{ script: '${{ parameters.named }} ${{ parameters.other }}' }]\n",
      "bare.yml": "steps: ['${{ parameters.step }}']\n",
    },
    scripts: ["a b", "c"],
  },
  {
    it: "a variable sees those of earlier rounds and of the branch that it stands in",
    yaml: `variables:
  - { name: n0, value: "0" }
  - \${{ each x in split('0,1|1,2', '|') }}:
      - name: n\${{ split(x, ',')[1] }}
        value: \${{ variables[format('n{0}', split(x, ',')[0])] }}-\${{ split(x, ',')[1] }}
steps: [{ script: "\${{ variables.n2 }}" }]
`,
    scripts: ["0-1-2"],
  },
  {
    it: "the same in a mapping",
    yaml: `variables:
  \${{ if true }}:
    a: x
    b: \${{ variables.a }}y
steps: [{ script: "\${{ variables.b }}" }]
`,
    scripts: ["xy"],
  },
  {
    it: "stages given as an object to a template, each with variables from a template",
    yaml: `parameters:
  - name: given
    type: object
    default: [{ stage: a, variables: [{ template: v.yml }], jobs: [{ job: j, steps: [{ script: x }] }] }]
stages:
  - template: s.yml
    parameters:
      s:
        - \${{ parameters.given }}
`,
    files: {
      "s.yml": "parameters: [{ name: s, type: stageList }]\nstages: ['${{ parameters.s }}']\n",
      "v.yml": "variables: [{ name: from, value: template }]\n",
    },
    scripts: ["x"],
    at: { "stages.0.variables.0.name": "from" },
  },
  {
    it: "a template behind @self lies beside the file that names it, or from the root",
    yaml: "steps: [{ template: deep/one.yml }]\n",
    files: {
      "deep/one.yml":
        "steps: [{ template: ./deep/two.yml@self }, { template: two.yml }, { template: ../deep/two.yml@self }, { template: two.yml@self }]\n",
      "deep/two.yml": "steps: [{ script: two }]\n",
    },
    scripts: ["two", "two", "two", "two"],
  },
  {
    it: "a task by its id",
    yaml: "steps: [{ task: 333b11bd-d341-40d9-afcf-b32d5ce6f23b@2, inputs: { script: x } }]\n",
    scripts: ["x"],
  },
];
