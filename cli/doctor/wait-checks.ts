import { getBuild, getTimeline } from "../../clients/azure-devops/builds.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { feed, getPlan } from "../../clients/azure-devops/plans.ts";
import { Failure, type Check } from "./check.ts";

type Target = {
  readonly ado: AzureDevOps;
  readonly project: string;
  readonly build: number;
  /** Ids that WaitForFlux has in the organisation. */
  readonly taskIds: readonly string[];
};

/**
 * What the connector does with a run that waits, up to the point where it would end the wait. The
 * line that it writes is seen by whoever watches the run.
 */
export function waitChecks({ ado, project, build, taskIds }: Target): readonly Check[] {
  let plan = { project, plan: "" };
  let record = "";
  return [
    {
      name: "the run",
      essential: true,
      remedy: "Check the build id and the project; grant View builds.",
      test: async () => {
        const found = await getBuild(ado, { project, build });
        const id = found?.orchestrationPlan?.planId ?? found?.plans?.[0]?.planId;
        if (found === undefined || id === undefined)
          throw new Failure("absent", `no run ${build} in ${project}`);
        plan = { project: found.project.id, plan: id };
        return `${found.definition.name} ${found.buildNumber} is ${found.status}`;
      },
    },
    {
      name: "a waiting WaitForFlux",
      essential: true,
      remedy: "Give the id of a run that is paused by WaitForFlux right now.",
      test: async () => {
        const timeline = await getTimeline(ado, { project, build });
        const waiting = timeline?.records.find(
          ({ task, state }) =>
            taskIds.includes(task?.id.toLowerCase() ?? "") && state !== "completed",
        );
        if (waiting === undefined) throw new Failure("absent", `no task of run ${build} waits`);
        record = waiting.id;
        return `${waiting.name} is ${waiting.state}`;
      },
    },
    {
      name: "its plan (read)",
      remedy: "Grant View builds; the connector reads the plan before it ends a wait.",
      test: async () => {
        const found = await getPlan(ado, plan);
        if (found === undefined) throw new Failure("absent", `the plan ${plan.plan} is gone`);
        return `plan ${found.planId} is ${found.state ?? "in progress"}`;
      },
    },
    {
      name: "its plan (write)",
      remedy:
        "Grant Edit build pipeline and Queue builds on the pipeline (or its folder) to the connector's identity; a PAT needs Build (Read & execute), and if that is refused full access.",
      test: async () => {
        const lines = ["fluxgate doctor: this line tests a right and means nothing else"];
        await feed(ado, { ...plan, timeline: plan.plan, record, lines });
        return "wrote a line to the run";
      },
    },
  ];
}
