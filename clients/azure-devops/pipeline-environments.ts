// Azure DevOps' own environments: what deployment jobs name.
import { type AzureDevOps, oddAnswer, pagesOf } from "./connection.ts";

export type PipelineEnvironment = { readonly id: number; readonly name: string };

const mostPages = 100;

/** Of a project, as the caller may see them. */
export async function listPipelineEnvironments(
  ado: AzureDevOps,
  { project }: { readonly project: string },
): Promise<readonly PipelineEnvironment[]> {
  const path = ["pipelines", "environments"];
  const found: PipelineEnvironment[] = [];
  const query = { $top: 1000 };
  let pages = 0;
  for await (const page of pagesOf<PipelineEnvironment>(ado, { project, path, query })) {
    pages += 1;
    if (pages > mostPages) throw oddAnswer(`the list of ${path.join("/")} has no end`);
    found.push(...page);
  }
  return found;
}
