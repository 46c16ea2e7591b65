// Azure DevOps' own environments: what deployment jobs name.
import { type AzureDevOps, call, listIn, tooLong } from "./connection.ts";

export type PipelineEnvironment = { readonly id: number; readonly name: string };

const pageSize = 1000;
const mostPages = 100;

/** Of a project, as the caller may see them. @throws TerminalError for a list without an end. */
export async function listPipelineEnvironments(
  ado: AzureDevOps,
  { project }: { readonly project: string },
): Promise<readonly PipelineEnvironment[]> {
  const path = ["pipelines", "environments"];
  const found: PipelineEnvironment[] = [];
  let continuationToken: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { $top: pageSize, continuationToken };
    const answer = await call(ado, { project, path, query });
    found.push(...listIn<PipelineEnvironment>({ path }, answer.json()));
    continuationToken = answer.headers.get("x-ms-continuationtoken") ?? undefined;
    if (continuationToken === undefined) return found;
  }
  throw tooLong({ path }, mostPages * pageSize);
}
