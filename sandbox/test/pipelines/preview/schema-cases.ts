// What the vendor's published YAML schema takes and does not, in pipelines of our own.
import type { PreviewCase } from "./preview-case.ts";

const echo = "steps: [{ script: x }]\n";
const job = (more: string) => `jobs:\n  - job: a\n    ${more}\n    steps: []\n`;
const stage = (more: string) =>
  `stages:\n  - { stage: s, ${more}, jobs: [{ job: a, steps: [] }] }\n`;
const taken = (it: string, yaml: string, at: Readonly<Record<string, unknown>>): PreviewCase => ({
  ...{ it, yaml, at },
});
const refused = (it: string, yaml: string, message: RegExp): PreviewCase => ({
  ...{ it, yaml, refused: message },
});
const nested = (levels: number) =>
  `parameters: [{ name: p, type: object, default: ${"[".repeat(levels)}${"]".repeat(levels)} }]\n${echo}`;
const first = "stages.0.jobs.0";

export const schemaCases: readonly PreviewCase[] = [
  {
    it: "phases of the old form, with queues and servers",
    files: { "phases.yml": "phases:\n  - { phase: t, steps: [{ script: t }] }\n" },
    yaml: `phases:
  - phase: a
    queue: Default
    steps: [{ script: x }]
  - phase: b
    dependsOn: a
    queue: { name: P, demands: [x], timeoutInMinutes: 5, parallel: 2, matrix: { m: { v: 1 } } }
    steps: [{ script: y }]
  - template: phases.yml
  - phase: s
    server: true
    steps: [{ task: Delay@1 }]
`,
    at: {
      [`${first}.job`]: "a",
      [`${first}.pool`]: { name: "Default" },
      "stages.0.jobs.1.pool": { name: "P", demands: ["x"] },
      "stages.0.jobs.1.strategy": { maxParallel: "2", matrix: { m: { v: "1" } } },
      "stages.0.jobs.1.timeoutInMinutes": "5",
      "stages.0.jobs.2.job": "t",
      "stages.0.jobs.3.pool": { name: "server" },
    },
  },
  taken("a queue for the only job", `queue: { name: X, parallel: 3 }\n${echo}`, {
    [`${first}.pool`]: { name: "X" },
    [`${first}.strategy`]: { parallel: "3" },
  }),
  refused("a pool in a phase", "phases:\n  - { phase: a, pool: x }\n", /Unexpected value 'pool'/),
  refused("a queue in a job", "jobs:\n  - { job: a, queue: x }\n", /Unexpected value 'queue'/),
  taken(
    "every hook of a canary",
    "jobs:\n  - deployment: a\n    environment: dev\n    strategy:\n      canary:\n        increments: [10, 20]\n        preDeploy: { steps: [{ script: pre }] }\n        deploy: { steps: [{ script: d }] }\n        on: { failure: { steps: [{ script: f }] }, success: { steps: [{ script: s }] } }\n",
    {
      [`${first}.strategy.canary.increments`]: ["10", "20"],
      [`${first}.strategy.canary.on.failure.steps.0.task`]: "CmdLine@2",
    },
  ),
  refused(
    "steps of a deployment outside of its strategy",
    "jobs:\n  - { deployment: a, environment: e, steps: [] }\n",
    /Unexpected value 'steps'/,
  ),
  refused(
    "two strategies",
    "jobs:\n  - deployment: a\n    environment: e\n    strategy: { runOnce: { deploy: { steps: [] } }, rolling: {} }\n",
    /Unexpected value 'rolling'/,
  ),
  refused(
    "a matrix beside slices",
    job("strategy: { parallel: 2, matrix: { x: { a: b } } }"),
    /Unexpected value 'matrix'/,
  ),
  taken("a matrix of a run", job("strategy: { matrix: \"$[ dependencies.b.outputs['s.m'] ]\" }"), {
    [`${first}.strategy.matrix`]: "$[ dependencies.b.outputs['s.m'] ]",
  }),
  taken(
    "outputs of other stages in variables and conditions",
    "stages:\n  - { stage: a, jobs: [{ job: a, steps: [] }] }\n  - stage: b\n    dependsOn: a\n    variables: { v: \"$[ stageDependencies.a.a.outputs['s.v'] ]\" }\n    condition: eq(dependencies.a.outputs['a.s.v'], 'x')\n    jobs: [{ job: b, steps: [] }]\n",
    {
      "stages.1.dependsOn": ["a"],
      "stages.1.variables.0.value": "$[ stageDependencies.a.a.outputs['s.v'] ]",
    },
  ),
  refused(
    "stages that all wait",
    "stages:\n  - { stage: a, dependsOn: b, jobs: [{ job: x }] }\n  - { stage: b, dependsOn: a, jobs: [{ job: x }] }\n",
    /The pipeline must contain at least one stage with no dependencies\./,
  ),
  refused(
    "jobs of a stage that all wait",
    "stages:\n  - { stage: s, jobs: [{ job: x, dependsOn: y }, { job: y, dependsOn: x }] }\n",
    /Stage s must contain at least one job with no dependencies\./,
  ),
  refused(
    "jobs in a circle beside one that starts",
    "jobs:\n  - { job: a }\n  - { job: x, dependsOn: [a, y] }\n  - { job: y, dependsOn: x }\n",
    /Job x depends on job y which creates a cycle in the dependency graph\./,
  ),
  refused(
    "a job's name twice, in another case",
    "stages:\n  - { stage: s, jobs: [{ job: a }, { job: A }] }\n",
    /Stage s job A appears more than once\. Job names must be unique within a stage\./,
  ),
  refused(
    "a step's name twice",
    "steps:\n  - { script: a, name: n }\n  - { script: b, name: n }\n",
    /The step name n appears more than once/,
  ),
  taken(
    "what a stage may say of its start",
    "stages:\n  - { stage: a, lockBehavior: runLatest, trigger: manual, isSkippable: false, jobs: [{ job: j }] }\n",
    { "stages.0.trigger": "manual", "stages.0.isSkippable": "false" },
  ),
  taken(
    "triggers with everything",
    `trigger:\n  batch: true\n  branches: { include: [main], exclude: ['r/*'] }\n  paths: { include: [a] }\n  tags: { include: [v*] }\npr: { autoCancel: false, drafts: false, branches: { include: [main] } }\n${echo}`,
    { "trigger.tags": { include: ["v*"] }, "pr.drafts": "false" },
  ),
  taken("pull requests of some branches", `pr: [main, dev]\n${echo}`, {
    pr: { branches: { include: ["main", "dev"] } },
  }),
  refused("a branch as a trigger", `trigger: main\n${echo}`, /Unexpected value 'main'/),
  refused("branches as a text", `trigger: { branches: main }\n${echo}`, /Unexpected value 'main'/),
  refused(
    "what only classic triggers have",
    `pr: { comments: true, branches: { include: [main] } }\n${echo}`,
    /Unexpected value 'comments'/,
  ),
  taken(
    "schedules",
    `schedules:\n  - { cron: '0 0 * * *', displayName: daily, branches: { include: [main] }, always: true, batch: true }\n${echo}`,
    { "schedules.0.cron": "0 0 * * *", "schedules.0.batch": "true" },
  ),
  taken(
    "resources of every kind",
    `resources:
  webhooks: [{ webhook: w, connection: c, filters: [{ path: repo, value: x }] }]
  packages: [{ package: p, type: npm, connection: c, name: a/b, version: 1.0, trigger: true }]
  builds: [{ build: b, type: jenkins, connection: c, source: s, trigger: true }]
  containers: [{ container: c, image: 'ubuntu:24.04', endpoint: e, env: { A: b }, ports: ['80:80'], mountReadOnly: { work: false } }]
  pipelines: [{ pipeline: p, source: ci, project: shop, trigger: { branches: { include: [main] }, stages: [a], tags: [t] } }]
${echo}`,
    {
      "resources.packages.0.version": "1.0",
      "resources.containers.0.mountReadOnly": { work: "false" },
      "resources.pipelines.0.trigger.stages": ["a"],
    },
  ),
  refused(
    "a resource that there is not",
    `resources: { nothing: [] }\n${echo}`,
    /Unexpected value 'nothing'/,
  ),
  taken(
    "every word of a checkout",
    "steps:\n  - { checkout: self, clean: true, fetchDepth: 1, fetchTags: false, lfs: true, submodules: recursive, persistCredentials: true, path: s/x }\n",
    {
      [`${first}.steps.0.inputs`]: {
        ...{ repository: "self", clean: "true", fetchDepth: "1", fetchTags: "false", lfs: "true" },
        ...{ submodules: "recursive", persistCredentials: "true", path: "s/x" },
      },
    },
  ),
  taken("a repository in the checkout itself", "steps: [{ checkout: 'git://shop/app@main' }]\n", {
    [`${first}.steps.0.inputs.repository`]: "git://shop/app@main",
  }),
  refused(
    "the checkout of what no resource names",
    "steps: [{ checkout: other }]\n",
    /The checkout step references the repository 'other' which is not defined by the pipeline/,
  ),
  taken("demands of a pool", `pool: { name: P, demands: [a, b -equals c] }\n${echo}`, {
    [`${first}.pool.demands`]: ["a", "b -equals c"],
  }),
  taken("what pools of others say", job("pool: { name: x, image: y, os: linux }"), {
    [`${first}.pool`]: { name: "x", image: "y", os: "linux" },
  }),
  taken("a container of one's own", job("container: { image: 'ubuntu:24.04', options: --x }"), {
    [`${first}.container`]: { image: "ubuntu:24.04", options: "--x" },
  }),
  taken(
    "what a step may say of itself",
    "steps:\n  - { script: x, retryCountOnTaskFailure: 3, timeoutInMinutes: 0, continueOnError: '${{ true }}', target: { container: host, commands: restricted, settableVariables: [a] } }\n",
    {
      [`${first}.steps.0.continueOnError`]: "True",
      [`${first}.steps.0.target.settableVariables`]: ["a"],
    },
  ),
  refused(
    "continueOnError of a run",
    "steps: [{ script: x, continueOnError: '$[eq(1,1)]' }]\n",
    /Unexpected value '\$\[eq/,
  ),
  refused("two kinds of a step", "steps: [{ script: a, bash: b }]\n", /Unexpected value 'bash'/),
  refused("inputs as a text", "steps: [{ task: Bash@3, inputs: x }]\n", /Unexpected value 'x'/),
  refused("a list as an input", "steps: [{ task: Bash@3, inputs: { script: [a] } }]\n", /sequence/),
  refused("a text as a step", "steps: [just text]\n", /Unexpected value 'just text'/),
  taken(
    "several variable forms",
    `variables:\n  - { name: a, value: 1, readonly: true }\n${echo}`,
    {
      "variables.0": { name: "a", value: "1", readonly: "true" },
    },
  ),
  refused(
    "a variable in the form of the other list",
    `variables:\n  - a: b\n${echo}`,
    /Unexpected value 'a'/,
  ),
  refused("a mapping as a variable", `variables: { a: { b: c } }\n${echo}`, /mapping was not/),
  taken(
    "quotes, comments and a marker of the document",
    "--- # c\n'steps': # c\n- \"script\": 'x' # c\n",
    {
      [`${first}.steps.0.inputs.script`]: "x",
    },
  ),
  taken("the old list of resources", `resources: [{ repo: self, clean: true }]\n${echo}`, {
    resources: { repositories: [{ repository: "self", clean: "true" }] },
  }),
  refused(
    "an old resource that is not the pipeline's own",
    `resources: [{ repo: other }]\n${echo}`,
    /Unexpected value 'other'/,
  ),
  refused("an empty demand", `pool: { name: P, demands: [''] }\n${echo}`, /Unexpected value ''/),
  refused(
    "tags to leave out in the trigger of a pipeline resource",
    `resources: { pipelines: [{ pipeline: p, source: s, trigger: { tags: { exclude: [t] } } }] }\n${echo}`,
    /A mapping was not expected/,
  ),
  {
    it: "what is extended named behind its parameters",
    yaml: "extends: { parameters: { a: b }, template: extended.yml }\n",
    files: { "extended.yml": `parameters: [{ name: a }]\n${echo}` },
    at: { "stages.0.jobs.0.job": "Job" },
  },
  refused("an extension of nothing", "extends: { parameters: {} }\n", /'template' is required/),
  {
    it: "variables beside what a template extends",
    yaml: "extends: { template: extends-with-variables.yml }\n",
    files: {
      "extends-with-variables.yml": "variables: { a: b }\nextends: { template: extended.yml }\n",
    },
    refused: /Unexpected value 'extends'/,
  },
  taken("the tag of a text", `variables: { a: !!str 1, b: !!int 2 }\n${echo}`, {
    "variables.0.value": "1",
    "variables.1.value": "2",
  }),
  refused("a tag of one's own", `variables: { a: !own 1 }\n${echo}`, /Unexpected tag '!own'/),
  refused("a number in quotes", `variables: { a: !!int "1" }\n${echo}`, /2002:int'/),
  refused(
    "a text with the tag of a number",
    `variables: { a: !!int x }\n${echo}`,
    /The value 'x' is invalid for the type '.*2002:int'/,
  ),
  taken("each tag before what it is of", `variables: { a: !!float 1e3, b: !!bool true }\n${echo}`, {
    "variables.0.value": "1e3",
    "variables.1.value": "true",
  }),
  taken("fifty lists and mappings in one another", nested(47), {
    [`${first}.steps.0.inputs.script`]: "x",
  }),
  refused("one more", nested(48), /Maximum object depth exceeded/),
  refused("ten thousand", nested(10_000), /ci\.yml \(Line: 1, Col: \d+\)/),
  refused("two documents", `${echo}---\n${echo}`, /ci\.yml \(Line: \d/),
  taken(
    "a task whose inputs are left blank",
    "steps:\n  - task: PublishTestResults@2\n    inputs:\n",
    {
      [`${first}.steps.0.task`]: "PublishTestResults@2",
    },
  ),
  refused("inputs that are a text", "steps: [{ task: A@1, inputs: x }]\n", /Unexpected value 'x'/),
  refused("an env that is left blank", "steps:\n  - script: x\n    env:\n", /Unexpected value ''/),
  taken("the check that a stage may name", stage("checks: [{ type: productionReadinessPolicy }]"), {
    "stages.0.stage": "s",
  }),
  refused("another check", stage("checks: [{ type: approval }]"), /Unexpected value 'approval'/),
  refused("checks that are a text", stage("checks: x"), /Unexpected value 'x'/),
  refused("a merge key", "steps:\n  - <<: { script: x }\n", /Unexpected value '<<'/),
  refused("an alias", "steps:\n  - &a { script: x }\n  - *a\n", /Anchors are not currently/),
  refused("tabs", "steps:\n\t- script: a\n", /ci\.yml \(Line: 2/),
  {
    it: "parameters of the root as they are declared",
    yaml: `parameters:\n  - { name: a, displayName: A, default: "\${{ 'x' }}", values: [x, y] }\n  - { name: b, type: object, default: { c: [1, true] } }\n${echo}`,
    at: {
      "parameters.0": { name: "a", displayName: "A", default: "x", values: ["x", "y"] },
      "parameters.1": { name: "b", type: "object", default: { c: ["1", "true"] } },
    },
  },
  {
    it: "but none of what it extends",
    yaml: "extends: { template: declares.yml }\n",
    files: { "declares.yml": `parameters: [{ name: a, default: x }]\n${echo}` },
    at: { parameters: undefined },
  },
  {
    it: "a type that only the form of a run knows",
    yaml: "steps: [{ template: pools.yml }]\n",
    files: { "pools.yml": `parameters: [{ name: a, type: pool, default: x }]\n${echo}` },
    refused: /Unexpected value 'pool'/,
  },
];
