import { getBuild } from "../../clients/azure-devops/builds.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { explainedRefusal } from "../../clients/azure-devops/explained-refusal.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { HttpError } from "../../core/errors.ts";

/** Another run that deploys there; undefined where it is gone. @throws with the right that lacks. */
export async function readRun(
  ado: AzureDevOps,
  of: { readonly project: string; readonly build: number },
): Promise<Build | undefined> {
  try {
    return await getBuild(ado, of);
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 403) throw error;
    const what = `look at run ${of.build}, which deploys there too`;
    const unanswered = { code: error.code, hint: "" };
    throw explainedRefusal(error, { what, pipeline: "the pipeline of that run", unanswered });
  }
}
