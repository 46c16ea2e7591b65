import { tmpdir } from "node:os";
import { authorizationHeader, connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { runTask } from "../common/run-task.ts";
import { otherOrganisation, readInputs } from "./inputs.ts";
import { run } from "./run.ts";

void runTask("OpenManifestsPR", async (agent) => {
  const inputs = readInputs(agent);
  const other = otherOrganisation(agent);
  if (other !== undefined) agent.mask(other.token);
  const token = agent.jobToken();
  const { organisationUrl } = inputs.run;
  const own = { organisationUrl, token, kind: "bearer" } as const;
  const manifests = other ?? own;
  const connect = ({ token: secret, ...to }: typeof manifests) =>
    connectAzureDevOps({
      ...{ ...to, token: async () => secret, userAgent: "fluxgate" },
      // The better part of a minute: a job that gives up costs its run more than that.
      attempts: 10,
    });
  return run(inputs, {
    ado: connect(manifests),
    ...(other === undefined ? {} : { runs: connect(own) }),
    extension: agent.extension(),
    authorization: authorizationHeader(manifests.token, manifests.kind),
    log: agent.log,
    now: Date.now,
    tempFolder: agent.variable("Agent.TempDirectory") ?? tmpdir(),
  });
});
