// Azure DevOps' own environments: what deployment jobs name.
import { type AzureDevOps, pagesOf, tooLong } from "./connection.ts";

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
  const query = { $top: pageSize };
  let pages = 0;
  for await (const page of pagesOf<PipelineEnvironment>(ado, { project, path, query })) {
    pages += 1;
    if (pages > mostPages) throw tooLong({ path }, mostPages * pageSize);
    found.push(...page);
  }
  return found;
}
