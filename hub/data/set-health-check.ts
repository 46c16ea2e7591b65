import {
  addCheck,
  type CheckedEnvironment,
  listChecks,
  removeCheck,
  updateCheck,
} from "../../clients/azure-devops/check-configurations.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import {
  createGenericConnection,
  listGenericConnections,
} from "../../clients/azure-devops/generic-connections.ts";
import type { Project } from "../../core/azure-devops/types.ts";
import { HttpError, TerminalError } from "../../core/errors.ts";
import { chooseConnection, ownConnectionName } from "../../core/health-check/connection.ts";
import {
  asksFor,
  compareCheck,
  type FoundCheck,
  mendedSettings,
  readAsked,
} from "../../core/health-check/found-check.ts";
import {
  type CheckConnection,
  type HealthCheck,
  writeHealthCheck,
} from "../../core/health-check/health-check.ts";
import { plainError } from "../view/plain-error.ts";

type Wanted = {
  readonly project: Project;
  readonly environment: CheckedEnvironment;
  readonly check: HealthCheck;
  /** Name of the manifests repository, which checks made by hand may name instead of its id. */
  readonly repositoryName: string;
  /** Id of a service connection; empty: the one without credentials, made where it is absent. */
  readonly chosen: string;
};

/**
 * Creates the check, as the viewer, and the service connection that it needs. What is there already
 * and the same is left alone.
 * @throws TerminalError that names the role which the viewer lacks
 */
export async function createHealthCheck(ado: AzureDevOps, of: Wanted): Promise<void> {
  const { project, environment, check } = of;
  const connection = await takeConnection(ado, of);
  const wanted = writeHealthCheck(check, connection);
  await explained(checkRight("create the check on", environment), async () => {
    const place = { project: project.id, environment };
    const asked = { ...check, repositoryName: of.repositoryName };
    const there = (await listChecks(ado, place)).find((one) => asksFor(one, asked));
    if (there !== undefined && compareCheck(there, wanted).length === 0) return;
    if (there !== undefined) {
      throw new TerminalError(
        `A check for ${check.name} stands there by now, with other settings`,
        {
          code: "check-exists",
          hint: "Look again: it can be updated.",
        },
      );
    }
    const isSame = (one: FoundCheck) =>
      readAsked(one) !== undefined && compareCheck(one, wanted).length === 0;
    await addCheck(ado, { ...place, check: wanted, isSame });
  });
}

/** Makes of a check that stands there what is wanted. */
export async function updateHealthCheck(
  ado: AzureDevOps,
  of: Wanted & { readonly found: FoundCheck },
): Promise<void> {
  const { project, environment, check, found } = of;
  const wanted = writeHealthCheck(check, await takeConnection(ado, of));
  const mended = { ...wanted, settings: mendedSettings(found, wanted) };
  await explained(checkRight("update the check on", environment), () =>
    updateCheck(ado, { project: project.id, environment, id: found.id, check: mended }),
  );
}

/** Leaves the service connection, which other checks may use. */
export async function removeHealthCheck(
  ado: AzureDevOps,
  of: Pick<Wanted, "project" | "environment"> & { readonly id: number },
): Promise<void> {
  const { project, environment, id } = of;
  await explained(checkRight("remove the check from", environment), () =>
    removeCheck(ado, { project: project.id, id }),
  );
}

async function takeConnection(ado: AzureDevOps, of: Wanted): Promise<CheckConnection> {
  const { project, chosen } = of;
  const { organisationUrl } = ado;
  const connections = await listGenericConnections(ado, { project });
  const choice = chooseConnection(connections, { organisationUrl, chosen });
  if (choice.state === "there") return choice.connection;
  if (choice.state === "unfit") throw new TerminalError(choice.why, { code: "connection-unfit" });
  const right: Right = {
    what: `create the service connection ${ownConnectionName}`,
    role: "Creator or Administrator",
    place: "Project settings > Service connections > Security",
    scope: "vso.serviceendpoint_manage",
  };
  return explained(right, async () => {
    const made = await createGenericConnection(ado, {
      ...{ project, name: ownConnectionName, url: choice.connection.url },
      description: "Azure DevOps itself, without credentials: checks ask as the run.",
    });
    return { ...choice.connection, id: made.id, url: made.url };
  });
}

type Right = {
  readonly what: string;
  readonly role: string;
  readonly place: string;
  readonly scope: string;
};

function checkRight(verb: string, { name }: CheckedEnvironment): Right {
  return {
    what: `${verb} the environment ${name}`,
    role: "Administrator",
    place: `Pipelines > Environments > ${name} > Security`,
    scope: "vso.pipelineresources_manage",
  };
}

// The service's own words, and then the role that the portal calls by another name than they do.
async function explained<T>({ what, role, place, scope }: Right, act: () => Promise<T>) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof HttpError) || ![401, 403, 404].includes(error.status)) throw error;
    const message = `Failed to ${what}. ${plainError(error)}`;
    const hint =
      error.status === 404
        ? "It is gone, or you may not see it: look again."
        : `You need the role ${role} (${place}). Where you have it, an administrator of the organisation has not confirmed the scope ${scope} of the extension yet (Organization settings > Extensions).`;
    throw new TerminalError(message, { code: "permission-missing", hint, cause: error });
  }
}
