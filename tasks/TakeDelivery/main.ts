import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { runTask } from "../common/run-task.ts";
import { readInputs } from "./inputs.ts";
import { run } from "./run.ts";

void runTask("TakeDelivery", async (agent) => {
  const inputs = readInputs(agent);
  const token = agent.jobToken();
  const { organisationUrl } = inputs;
  const ado = connectAzureDevOps({
    ...{ organisationUrl, token: async () => token, userAgent: "fluxgate" },
  });
  return run(inputs, { ado, log: agent.log });
});
