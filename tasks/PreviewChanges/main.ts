import { dirname, join } from "node:path";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { findKube, openKube, patient } from "../../kube/open-node.ts";
import { runTask } from "../common/run-task.ts";
import { runCompare } from "./compare.ts";
import { readInputs } from "./inputs.ts";
import { runTell } from "./tell.ts";

void runTask("PreviewChanges", async (agent) => {
  const inputs = readInputs(agent);
  const { log } = agent;
  if (inputs.step === "compare") {
    const kube = openKube(findKube(join(dirname(process.argv[1] ?? ""), "../../kube")), patient);
    try {
      return await runCompare(inputs, { log, kube });
    } finally {
      kube.close();
    }
  }
  const token = agent.jobToken();
  const organisationUrl = inputs.pullRequest?.organisationUrl ?? "http://localhost";
  const ado = connectAzureDevOps({
    ...{ organisationUrl, token: async () => token, userAgent: "fluxgate" },
  });
  return runTell(inputs, { ado, log });
});
