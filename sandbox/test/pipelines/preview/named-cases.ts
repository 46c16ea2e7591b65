// What a pipeline names must be there: tasks in their versions, containers, environments.
import type { PreviewCase } from "./preview-case.ts";

const refused = (it: string, yaml: string, message: RegExp): PreviewCase => ({
  ...{ it, yaml, refused: message },
});
const job = (more: string) => `jobs:\n  - job: a\n    ${more}\n    steps: [{ script: x }]\n`;
const rolling = (most: string) =>
  `jobs:\n  - deployment: a\n    environment: e\n    strategy: { rolling: { maxParallel: ${most}, deploy: { steps: [] } } }\n`;
const absent = /A container resource with name nope could not be found\. .*use NAME:TAG/;

export const namedCases: readonly PreviewCase[] = [
  refused(
    "a version that a task never had",
    "steps: [{ task: Bash@99 }]\n",
    /a task called 'Bash'.*\(Task version 99, job 'Job', step ''\.\)/,
  ),
  {
    it: "a version down to its last part, and an old one",
    yaml: "steps: [{ task: Npm@1.2.3 }, { task: PowerShell@1 }]\n",
    at: {
      "stages.0.jobs.0.steps.0.task": "Npm@1.2.3",
      "stages.0.jobs.0.steps.1.task": "PowerShell@1",
    },
  },
  refused(
    "a task for agents in a job without one",
    job("pool: server"),
    /Job a: Step CmdLine references task 'CmdLine' at version '2' which is not valid for the given job target\./,
  ),
  refused(
    "the pool of the root counts for its jobs",
    "pool: server\njobs: [{ job: a, steps: [{ bash: x }] }]\n",
    /not valid for the given job target/,
  ),
  refused(
    "a task without an agent on one",
    "steps: [{ task: ManualValidation@1 }]\n",
    /Job Job: Step ManualValidation references .* not valid for the given job target/,
  ),
  {
    it: "a job without an agent beside one with it",
    yaml: "pool: server\njobs:\n  - { job: a, steps: [{ task: Delay@1 }] }\n  - { job: b, pool: Default, steps: [{ script: x }] }\n",
    at: { "stages.0.jobs.1.pool": { name: "Default" } },
  },
  refused("a container that no resource is", job("container: nope"), absent),
  refused("a service that no resource is", job("services: { db: nope }"), absent),
  refused(
    "a step in a container that no resource is",
    "steps: [{ script: x, target: nope }]\n",
    absent,
  ),
  {
    it: "containers by alias, tag, digest, and of a run",
    yaml: `resources: { containers: [{ container: pg, image: 'postgres:16' }] }
jobs:
  - { job: a, container: PG, services: { db: pg, web: 'nginx:1' }, steps: [{ script: x, target: pg }] }
  - { job: b, container: 'u@sha256:00', steps: [] }
  - { job: c, container: "$[ variables['image'] ]", steps: [] }
`,
    at: {
      "stages.0.jobs.0.container": { alias: "PG" },
      "stages.0.jobs.0.services": { db: { alias: "pg" }, web: { alias: "nginx:1" } },
    },
  },
  refused(
    "a deployment to nowhere",
    "jobs: [{ deployment: a, strategy: { runOnce: { deploy: { steps: [] } } } }]\n",
    /Job a: Environment is required\./,
  ),
  refused("a roll-out in no parts", rolling("0"), /Absolute rolling value should be greater/),
  refused("a roll-out beyond all", rolling("101%"), /Percentage rolling value should be/),
  refused(
    "a step's name with a dash",
    "jobs: [{ job: a, steps: [{ script: x, name: b-c }] }]\n",
    /Job a: Step b-c has an invalid name\. Valid names may only contain alphanumeric/,
  ),
  refused(
    "a job's name in a stage",
    "stages: [{ stage: s, jobs: [{ job: a-b, steps: [] }] }]\n",
    /Stage s job a-b has an invalid name\./,
  ),
  refused(
    "a repository that is not there, though nothing uses it",
    `resources: { repositories: [{ repository: r, type: git, name: absent }] }\n${job("displayName: x")}`,
    /The repository absent in project shop could not be retrieved\./,
  ),
  refused(
    "a repository elsewhere without its connection",
    `resources: { repositories: [{ repository: r, type: github, name: a/b, endpoint: g }] }\n${job("displayName: x")}`,
    /Repository r references endpoint g which does not exist or is not authorized for use/,
  ),
  refused(
    "the runs of a pipeline that is not there",
    `resources: { pipelines: [{ pipeline: p, source: absent }] }\n${job("displayName: x")}`,
    /Pipeline Resource p Input Must be Valid\./,
  ),
  refused(
    "a container by a connection that is not there",
    `resources: { containers: [{ container: c, image: 'x:1', endpoint: g }] }\n${job("displayName: x")}`,
    /Container c references service connection g which does not exist/,
  ),
  refused(
    "a time that is no number",
    job("timeoutInMinutes: soon"),
    /The value 'soon' is not a valid integer/,
  ),
];
