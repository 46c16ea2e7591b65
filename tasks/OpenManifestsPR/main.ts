import { tmpdir } from "node:os";
import { authorizationHeader, connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { runTask } from "../common/run-task.ts";
import { readInputs } from "./inputs.ts";
import { run } from "./run.ts";

void runTask("OpenManifestsPR", async (agent) => {
  const inputs = readInputs(agent);
  const token = agent.jobToken();
  const { organisationUrl } = inputs.run;
  return run(inputs, {
    ado: connectAzureDevOps({
      ...{ organisationUrl, token: async () => token, userAgent: "fluxgate" },
      // The better part of a minute: a job that gives up costs its run more than that.
      attempts: 10,
    }),
    extension: agent.extension(),
    authorization: authorizationHeader(token, "bearer"),
    log: agent.log,
    now: Date.now,
    tempFolder: agent.variable("Agent.TempDirectory") ?? tmpdir(),
  });
});
