import pino from "pino";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import { buildSideReader } from "../../connector/builds/build-side.ts";
import { absentKube } from "../../kube/kube.ts";
import type { Mode } from "../../core/connector-config/config.ts";
import { parseConfig } from "../../core/connector-config/parse-config.ts";
import type { Connector } from "../../connector/connector.ts";
import { openRepository, type ManifestsRepository } from "../../connector/manifests-repository.ts";
import { createMetrics } from "../../connector/metrics.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { configText } from "./connector-process.ts";

/**
 * What the reconcilers work with, for one repository of the sandbox and its environment `dev`, with
 * a cluster that is silent. `said` are the messages of its log.
 */
export async function aConnector(
  sandbox: Sandbox,
  {
    mode,
    repository: name,
    environment = {},
  }: { readonly mode: Mode; readonly repository: string; readonly environment?: object },
): Promise<{ connector: Connector; repository: ManifestsRepository; said: readonly string[] }> {
  const { organisationUrl } = sandbox;
  const config = parseConfig(
    configText({
      organisationUrl,
      repositories: [name],
      more: {
        mode,
        environments: [
          { name: "dev", repository: name, clusters: [{ name: "west" }], ...environment },
        ],
      },
    }),
    "connector.yaml",
  );
  const metrics = createMetrics();
  const ado = connectAzureDevOps({
    ...{ organisationUrl, kind: "pat", token: async () => "sandbox-connector" },
    onCall: ({ method, area, status }) =>
      metrics.calls.inc({ method, area, status: String(status) }),
  });
  const { authenticatedUser, instanceId } = await readConnectionData(ado);
  const [of] = config.repositories;
  if (!of) throw new Error("no repository");
  const repository = await openRepository(ado, of);
  const said: string[] = [];
  const write = (line: string) =>
    void said.push((JSON.parse(line) as { readonly msg: string }).msg);
  return {
    connector: {
      ...{ config, ado, me: authenticatedUser.id, host: instanceId },
      repositories: new Map([[name, repository]]),
      clusters: new Map(),
      builds: buildSideReader(absentKube("it is not there")),
      log: pino({}, { write }),
      metrics,
    },
    repository,
    said,
  };
}
