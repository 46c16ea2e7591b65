import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Right } from "../../sandbox/azure-devops/identity.ts";
import { definitionsOf, pipelinesWith } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { run as findLastRun } from "../../tasks/FindLastRun/run.ts";
import { run as takeDelivery } from "../../tasks/TakeDelivery/run.ts";

export type RunsWithoutRights = Awaited<ReturnType<typeof startRunsWithoutRights>>;

const green = "trigger: none\nsteps: [{ checkout: none }, { bash: exit 0 }]\n";
const agentless = (task: string, inputs: string) => `trigger: none
jobs:
  - job: wait
    pool: server
    steps:
      - task: ${task}@1
        inputs: { repository: app, commit: $(Build.SourceVersion), environment: dev, ${inputs} }
`;

/** A project with runs, for the tasks that read them and those that run without an agent. */
export async function startRunsWithoutRights() {
  const pipelines = await pipelinesWith({
    app: {
      "ci.yml": green,
      "WaitForFlux.yml": agentless("WaitForFlux", "delivery: shop"),
      "CheckFluxHealth.yml": agentless("CheckFluxHealth", "connector: abc"),
    },
    seed: { definitions: definitionsOf("ci", "WaitForFlux", "CheckFluxHealth") },
  });
  const { sandbox } = pipelines;
  const { organisationUrl } = sandbox;
  const { id: build } = await pipelines.start(1);
  await pipelines.ended(build);
  const [project] = sandbox.organisation().projects;
  const [repository] = project?.repositories ?? [];
  const own = project?.buildService.rights ?? new Set<Right>();
  const all = [...own];
  const ado = () =>
    connectAzureDevOps({ organisationUrl, token: async () => "sandbox-build", attempts: 1 });
  const log = { info: () => undefined, warn: () => undefined, debug: () => undefined };
  const of = { organisationUrl, project: "shop", definition: 1, build };
  return {
    organisationUrl,
    findLastRun: () =>
      findLastRun(
        { ...of, branch: "refs/heads/main", artefact: "image-tags" },
        { ado: ado(), log },
      ),
    takeDelivery: () =>
      takeDelivery(
        {
          ...of,
          ...{ pipeline: "current", branches: [], artefact: "fluxgate" },
          consumed: { project: "shop", run: "" },
        },
        { ado: ado(), log },
      ),
    /** @returns what stands in the log of its one step. */
    agentless: async (task: "WaitForFlux" | "CheckFluxHealth") => {
      const run = await pipelines.start(task === "WaitForFlux" ? 2 : 3);
      await pipelines.ended(run.id);
      return pipelines.log(run.id);
    },
    deny: (right: Right) => {
      own.delete(right);
      for (const identity of ["build", "developer"]) {
        repository?.permissions.push({ identity, deny: [right] });
      }
    },
    allowAgain: () => {
      for (const right of all) own.add(right);
      repository?.permissions.splice(0);
    },
    stop: () => sandbox.close(),
  };
}
