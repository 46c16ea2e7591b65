import { getBuild } from "../../clients/azure-devops/builds.ts";
import { keepRun } from "../../clients/azure-devops/leases.ts";
import { causeText } from "../../core/errors.ts";
import type { Connector } from "../connector.ts";
import type { OpenWait } from "./open-wait.ts";

const yearDays = 365;

/**
 * Keeps the run that deployed an environment marked `retain`, so that what links to it goes on
 * leading somewhere. Looked up first; what cannot be done is said, and holds no run.
 */
export async function retainRun(
  { ado, log }: Pick<Connector, "ado" | "log">,
  { wait: { key }, environment: { name, retain } }: OpenWait,
): Promise<void> {
  if (retain === undefined || retain === false) return;
  const { project, build } = key;
  try {
    const found = await getBuild(ado, { project, build });
    if (found === undefined) return;
    const made = await keepRun(ado, {
      ...{ project, build, definition: found.definition.id, owner: `fluxgate/${name}` },
      daysValid: retain === true ? yearDays : retain,
    });
    if (made) log.info({ wait: key }, `Run ${build} is kept: it deployed ${name}`);
  } catch (error) {
    const hint = "Grant the connector's identity Retain indefinitely, or take retain away";
    log.warn(
      { err: error, wait: key },
      `Failed to keep run ${build}: ${causeText(error)}. ${hint}`,
    );
  }
}
