import { postStatus } from "../../clients/azure-devops/statuses.ts";
import { environmentsHubUrl } from "../../core/azure-devops/urls.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { questionStatus } from "../../core/run/cluster-question.ts";
import { repositoryOf, type Connector } from "../connector.ts";

/** Asks the connectors of clusters that this one does not reach about X, on X. */
export async function askObservers(
  connector: Pick<Connector, "ado" | "config" | "log" | "metrics" | "repositories">,
  environment: EnvironmentConfig,
  of: {
    readonly clusters: readonly string[];
    readonly commit: string;
    readonly delivery: string;
    readonly whole: boolean;
  },
): Promise<void> {
  const { ado, config, log, metrics } = connector;
  const { commit, delivery, whole } = of;
  const repository = repositoryOf(connector, environment);
  for (const cluster of of.clusters) {
    const page = environmentsHubUrl({
      extension: config.azureDevOps.extension,
      organisationUrl: ado.organisationUrl,
      project: repository.config.project,
      environment: environment.name,
      commit,
    });
    const { paths = [] } = environment.clusters.find(({ name }) => name === cluster) ?? {};
    const status = questionStatus({
      ...{ delivery, environment: environment.name, cluster, whole, paths, page },
    });
    if (config.mode === "observe") {
      log.debug({ commit, status: status.context.name }, "Would ask the cluster's own connector");
      continue;
    }
    const made = await postStatus(ado, { repo: repository.ref, commit, status });
    repository.noteStatus(commit, made);
    metrics.statuses.inc({ state: status.state });
    log.info(
      { commit, cluster, environment: environment.name },
      `Asked the connector of ${cluster} about ${commit.slice(0, 8)} (${status.context.name})`,
    );
  }
}
