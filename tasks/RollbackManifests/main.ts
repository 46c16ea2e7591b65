import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { runTask } from "../common/run-task.ts";
import { readInputs } from "./inputs.ts";
import { run } from "./run.ts";

void runTask("RollbackManifests", async (agent) => {
  const inputs = readInputs(agent);
  const token = agent.jobToken();
  const { organisationUrl } = inputs;
  const ado = connectAzureDevOps({
    ...{ organisationUrl, token: async () => token, userAgent: "fluxgate", attempts: 10 },
  });
  return run(inputs, { ado, now: Date.now, log: agent.log });
});
