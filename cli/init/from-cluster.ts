import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { connectKubernetes } from "../../clients/kubernetes/connect.ts";
import { readFlux } from "../../clients/kubernetes/read-flux.ts";
import { connectorFromCluster } from "../../core/connector-config/from-cluster.ts";
import { exitCodes, type Terminal } from "../command.ts";

/** Prints a configuration of the connector for what Flux runs in a cluster. */
export async function initFromCluster(args: readonly string[], terminal: Terminal) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "from-cluster": { type: "boolean" },
      kubeconfig: { type: "string" },
      cluster: { type: "string", default: "local" },
    },
  });
  const { kubeconfig, cluster } = values;
  const at = kubeconfig === undefined ? {} : { kubeconfig };
  const flux = await readFlux(connectKubernetes(at));
  const { config, notes } = connectorFromCluster({ flux, cluster, ...at });
  terminal.out(stringify(config).trimEnd());
  // Beside the file, so that it can be redirected.
  for (const note of notes) terminal.err(`to look at: ${note}`);
  terminal.err("Then: fluxgate doctor --config FILE");
  return exitCodes.ok;
}
