import { isInForce, listPolicies } from "../../clients/azure-devops/branch-policies.ts";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import { isOfType, type Policy } from "../../core/policies/policy.ts";
import { fourEyesStatusName } from "../../core/run/statuses.ts";
import { Failure, type Check } from "./check.ts";
import type { Organisation } from "./read-checks.ts";

/** Who may change what Flux applies. */
export function policyCheck(
  { ado }: Pick<Organisation, "ado">,
  {
    repo,
    branch,
    fourEyes = false,
  }: { readonly repo: RepositoryRef; readonly branch: string; readonly fourEyes?: boolean },
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
        const then = isFreeze(open) ? "lifts the freeze" : "approves for two";
        throw new Failure("wrong", `${why}: whoever may post a status ${then}`);
      }
      if (fourEyes && !bind.some(isFourEyes)) {
        throw new Failure(
          "wrong",
          `an environment asks for four eyes, and no policy requires the status fluxgate/${fourEyesStatusName}: it holds nothing back (fluxgate policies --four-eyes)`,
        );
      }
      return `${bind.length} bind ${branch}`;
    },
  };
}

function isForAnyone(policy: Policy): boolean {
  return (isFreeze(policy) || isFourEyes(policy)) && !policy.settings?.["authorId"];
}

function isFreeze({ settings = {} }: Policy): boolean {
  return String(settings["statusName"]).startsWith("freeze/");
}

function isFourEyes(policy: Policy): boolean {
  return isOfType(policy, "status") && policy.settings?.["statusName"] === fourEyesStatusName;
}
