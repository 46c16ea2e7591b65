import type { IdentityRef } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, list, takeOrAbsent } from "./connection.ts";

type Member = { readonly identity: IdentityRef };

/** Members of a team of the project; undefined where there is no such team, or none to be seen. */
export async function readTeamMembers(
  ado: AzureDevOps,
  { project, team }: { readonly project: string; readonly team: string },
): Promise<readonly IdentityRef[] | undefined> {
  const path = ["projects", project, "teams", team, "members"];
  const found = await takeOrAbsent(list<Member>(ado, { path, query: { $top: 1000 } }));
  return found?.map(({ identity }) => identity);
}
