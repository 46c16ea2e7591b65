// Checks on environments of Azure DevOps: "Check Configurations", which has preview versions only.
import type { FoundCheck } from "../../core/health-check/found-check.ts";
import { type AzureDevOps, call, list, oddAnswer } from "./connection.ts";
import { writeOnce } from "./write-once.ts";

export type CheckedEnvironment = { readonly id: number; readonly name: string };

type OfEnvironment = { readonly project: string; readonly environment: CheckedEnvironment };

type NewCheck = {
  readonly type: { readonly id: string; readonly name: string };
  readonly settings: FoundCheck["settings"];
  /** Minutes. */
  readonly timeout: number;
};

const apiVersion = "7.1-preview.1";
const path = ["pipelines", "checks", "configurations"];
const resourceType = "environment";

function resourceOf({ id, name }: CheckedEnvironment) {
  return { type: resourceType, id: String(id), name };
}

/** All of an environment with their settings, approvals and locks too. */
export function listChecks(
  ado: AzureDevOps,
  { project, environment }: OfEnvironment,
): Promise<readonly FoundCheck[]> {
  const query = { resourceType, resourceId: environment.id, $expand: "settings" };
  return list<FoundCheck>(ado, { project, path, query, apiVersion });
}

/**
 * Adds one. Needs the role *Administrator* of the environment. Look first: a second of its kind is
 * another check. `isSame` tells the one that a lost answer has made.
 */
export async function addCheck(
  ado: AzureDevOps,
  of: OfEnvironment & {
    readonly check: NewCheck;
    readonly isSame: (found: FoundCheck) => boolean;
  },
): Promise<void> {
  const { project, environment, check, isSame } = of;
  const json = { ...check, resource: resourceOf(environment) };
  await writeOnce({
    send: async () => {
      const answer = await call(ado, { project, path, method: "POST", apiVersion, json });
      const made = answer.json<Partial<FoundCheck> | null>();
      if (typeof made?.id !== "number") throw oddAnswer("it is no check");
      return made.id;
    },
    look: async () => (await listChecks(ado, of)).find(isSame)?.id,
  });
}

/** Replaces its settings. */
export async function updateCheck(
  ado: AzureDevOps,
  of: OfEnvironment & { readonly id: number; readonly check: NewCheck },
): Promise<void> {
  const { project, environment, id, check } = of;
  const json = { ...check, id, resource: resourceOf(environment), isDisabled: false };
  await call(ado, { project, path: [...path, id], method: "PATCH", apiVersion, json });
}

export async function removeCheck(
  ado: AzureDevOps,
  { project, id }: { readonly project: string; readonly id: number },
): Promise<void> {
  await call(ado, { project, path: [...path, id], method: "DELETE", apiVersion });
}
