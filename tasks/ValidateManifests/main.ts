import { dirname, join } from "node:path";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { monotonicNow } from "../../clients/monotonic.ts";
import { findKube, openKube, patient } from "../../kube/open-node.ts";
import { openHelm } from "../../rendering/releases/helm-tool.ts";
import { runTask } from "../common/run-task.ts";
import { readInputs } from "./inputs.ts";
import { run } from "./run.ts";

void runTask("ValidateManifests", async (agent) => {
  const inputs = readInputs(agent);
  const token = agent.jobToken();
  const { organisationUrl } = inputs;
  const ado = connectAzureDevOps({
    ...{ organisationUrl, token: async () => token, userAgent: "fluxgate" },
  });
  const kube = openKube(findKube(join(dirname(process.argv[1] ?? ""), "../../kube")), patient);
  const helm = openHelm();
  try {
    return await run(inputs, {
      ado,
      kube,
      helm,
      now: monotonicNow,
      date: Date.now,
      log: agent.log,
    });
  } finally {
    helm?.close();
    kube.close();
  }
});
