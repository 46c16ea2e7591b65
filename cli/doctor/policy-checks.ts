import { isInForce, listPolicies } from "../../clients/azure-devops/branch-policies.ts";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import { isOfType, type Policy } from "../../core/policies/policy.ts";
import { Failure, type Check } from "./check.ts";
import type { Organisation } from "./read-checks.ts";

/** Who may change what Flux applies. */
export function policyCheck(
  { ado }: Pick<Organisation, "ado">,
  { repo, branch }: { readonly repo: RepositoryRef; readonly branch: string },
): Check {
  return {
    name: "branch policies",
    lost: "the branch does not hold back what nobody approved",
    remedy: "Run fluxgate policies, which shows what is missing and sets it with --write.",
    test: async () => {
      const repository = await getRepository(ado, repo);
      if (repository === undefined) throw new Failure("absent", "the repository is not to be seen");
      const of = { repository, ref: `refs/heads/${branch}` };
      const all = await listPolicies(ado, { project: repository.project.id });
      const bind = all.filter((one) => one.isBlocking !== false && isInForce(one, of));
      if (bind.length === 0) {
        throw new Failure(
          "absent",
          `none binds ${branch}: whoever may contribute changes it unreviewed`,
        );
      }
      const open = bind.find((one) => isOfType(one, "status") && isForAnyone(one));
      if (open !== undefined) {
        const name = String(open.settings?.["statusName"]);
        const why = `policy ${open.id} names no authorized account for ${name}`;
        throw new Failure("wrong", `${why}: whoever may post a status lifts the freeze`);
      }
      return `${bind.length} bind ${branch}`;
    },
  };
}

function isForAnyone({ settings = {} }: Policy): boolean {
  const isFreeze = String(settings["statusName"]).startsWith("freeze/");
  return isFreeze && !settings["authorId"];
}
