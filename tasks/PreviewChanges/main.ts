import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { runTask } from "../common/run-task.ts";
import { runCompare } from "./compare.ts";
import { readInputs } from "./inputs.ts";
import { runTell } from "./tell.ts";

void runTask("PreviewChanges", async (agent) => {
  const inputs = readInputs(agent);
  const { log } = agent;
  if (inputs.step === "compare") return runCompare(inputs, log);
  const token = agent.jobToken();
  const organisationUrl = inputs.pullRequest?.organisationUrl ?? "http://localhost";
  const ado = connectAzureDevOps({
    ...{ organisationUrl, token: async () => token, userAgent: "fluxgate" },
  });
  return runTell(inputs, { ado, log });
});
