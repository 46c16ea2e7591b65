import { parseArgs } from "node:util";
import { createPolicy, isInForce, listPolicies } from "../clients/azure-devops/branch-policies.ts";
import { explainedRefusal } from "../clients/azure-devops/explained-refusal.ts";
import { connectAzureDevOps, type AzureDevOps } from "../clients/azure-devops/connection.ts";
import { listDefinitions } from "../clients/azure-devops/definitions.ts";
import { findIdentities } from "../clients/azure-devops/identities.ts";
import { demandRepository } from "../clients/azure-devops/repositories.ts";
import { InputError, type Problem } from "../core/errors.ts";
import { comparePolicies, type PolicyFinding } from "../core/policies/compare-policies.ts";
import { wantedPolicies } from "../core/policies/wanted-policies.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { organisationUrl } from "./usage-error.ts";

const required = ["organisation", "project", "repository"] as const;

export const policiesCommand: Command = {
  summary: "Show, and with --write set, the branch policies of a manifests repository",
  help: `fluxgate policies --organisation URL --project P --repository R --environment NAME[=FOLDER] ...
                  [--reviewers NAME=GROUP] [--validation PIPELINE] [--connector IDENTITY]
                  [--four-eyes] [--write]

Compares what the branch has with what it should have. With --write it adds what is missing. What is
there is never changed or removed: a policy that asks for less is said, and left to whoever set it.
The token stands in FLUXGATE_TOKEN; writing needs "Edit policies" on the repository.

  --environment NAME[=FOLDER]  status fluxgate/freeze/NAME for its folder (default: its name; "."
                               the whole repository); once for each environment
  --reviewers NAME=GROUP       who must approve what changes that environment: a group, a mail
                               address or an id; as often as needed
  --validation PIPELINE        name or id of the pipeline with manifests-pr.yml: build validation and
                               the status fluxgate/manifests
  --four-eyes                  the status fluxgate/four-eyes: environments of the connector ask for
                               an approval by somebody without a part in the change (fourEyes)
  --connector IDENTITY         who posts freezes and four-eyes, by name or id; without it anybody's
                               status counts
  --minimum N                  approvals by others than author and last pusher; default 1, 0 for none.
                               A policy of the branch: it holds auto-complete of every environment
  --branch NAME                the branch that Flux follows; default main
  --bearer                     the token is of Entra ID or a job, not a personal access token

Exit code 1: something is missing or asks for less.`,
  async run(args, { out, err }) {
    const text = { type: "string" } as const;
    const several = { type: "string", multiple: true, default: [] as string[] } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ organisation: text, project: text, repository: text, validation: text },
        ...{ connector: text, environment: several, reviewers: several },
        branch: { type: "string", default: "main" },
        minimum: { type: "string", default: "1" },
        ...{
          write: { type: "boolean", default: false },
          "four-eyes": { type: "boolean", default: false },
          bearer: { type: "boolean", default: false },
        },
      },
    });
    const missing = required.filter((name) => (values[name] ?? "") === "");
    const token = process.env["FLUXGATE_TOKEN"] ?? "";
    if (missing.length > 0 || token === "") {
      const options = missing.map((name) => `--${name}`);
      const what = [...options, ...(token === "" ? ["FLUXGATE_TOKEN"] : [])];
      err(`fluxgate policies needs ${what.join(", ")}. Run fluxgate policies --help.`);
      return exitCodes.usage;
    }
    const minimum = Number(values.minimum);
    if (!Number.isSafeInteger(minimum) || minimum < 0 || minimum > 10) {
      err(`--minimum ${values.minimum} is no number from 0 to 10. Run fluxgate policies --help.`);
      return exitCodes.usage;
    }
    const { organisation = "", project = "", repository: name = "", connector } = values;
    const ado = connectAzureDevOps({
      organisationUrl: organisationUrl(organisation),
      token: async () => token,
      kind: values.bearer ? "bearer" : "pat",
    });
    const repository = await demandRepository(ado, { project, repository: name });
    const environments = await environmentsOf(ado, values);
    const validation =
      values.validation === undefined
        ? {}
        : { validation: await findPipeline(ado, project, values.validation) };
    const wanted = wantedPolicies({
      ...{ minimum, environments, ...validation, fourEyes: values["four-eyes"] },
      ...(connector === undefined ? {} : { connector: (await findOne(ado, connector)).id }),
    });
    if (wanted.length === 0) {
      err(
        "With --minimum 0, and without --environment, --validation and --four-eyes, nothing is asked of the branch: nothing was looked at.",
      );
      return exitCodes.usage;
    }
    const of = { repository, ref: `refs/heads/${values.branch}` };
    const all = await listPolicies(ado, { project: repository.project.id });
    const findings = comparePolicies(
      wanted,
      all.filter((policy) => isInForce(policy, of)),
    );
    const open = [
      ...(environments.length > 0 ? ["lift a freeze"] : []),
      ...(values["four-eyes"] ? ["approve for two"] : []),
    ];
    if (connector === undefined && open.length > 0) {
      err(`Without --connector whoever may post a status may ${open.join(" and ")}.`);
    }
    let isLeft = false;
    for (const finding of findings) {
      const { wanted: policy } = finding;
      if (finding.state === "missing" && values.write) {
        const id = await createPolicy(ado, { ...of, project: repository.project.id, policy }).catch(
          (error: unknown) => {
            const what = `set ${policy.title}`;
            const place = `repository ${repository.project.name}/${repository.name}`;
            const right = { permission: "Edit policies", identity: "the token's account" };
            throw explainedRefusal(error, { what, repository: place, right });
          },
        );
        out(`set      ${policy.title} (policy ${id})`);
        continue;
      }
      isLeft ||= finding.state !== "there";
      out(lineOf(finding));
    }
    if (!values.write && findings.some(({ state }) => state === "missing")) {
      out("Nothing was written: --write sets what is missing.");
    }
    return isLeft ? exitCodes.problems : exitCodes.ok;
  },
};

function lineOf(finding: PolicyFinding): string {
  const { title } = finding.wanted;
  switch (finding.state) {
    case "there":
      return `there    ${title} (policy ${finding.id})`;
    case "missing":
      return `missing  ${title}`;
    case "weaker":
      return `weaker   ${title}: policy ${finding.id} is there, and ${finding.differs.join("; ")}. Change it by hand`;
  }
}

type Named = { readonly environment: readonly string[]; readonly reviewers: readonly string[] };

async function environmentsOf(ado: AzureDevOps, { environment, reviewers }: Named) {
  const found = environment.map((given) => {
    const [name = "", folder = name] = given.split("=");
    return {
      name,
      folder: folder.replace(/^(\.?\/)+|\/+$|^\.$/g, ""),
      reviewers: [] as Reviewer[],
    };
  });
  const problems: Problem[] = found
    .filter(({ name }) => !/^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/.test(name))
    .map(({ name }) => ({ message: `--environment "${name}" is no name of an environment` }));
  for (const given of reviewers) {
    const [name = ""] = given.split("=");
    const one = found.find((each) => each.name === name);
    if (one) one.reviewers.push(await findOne(ado, given.slice(name.length + 1)));
    else problems.push({ message: `--reviewers ${given} names no --environment` });
  }
  if (problems.length > 0) throw new InputError(problems);
  return found;
}

type Reviewer = { readonly id: string; readonly name: string };

async function findOne(ado: AzureDevOps, name: string): Promise<Reviewer> {
  const found = name === "" ? [] : await findIdentities(ado, name);
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return { id: first.id, name: first.displayName };
  const why = first === undefined ? "nobody is called so" : `${found.length} are called so`;
  throw new InputError([{ message: `"${name}": ${why}` }], { code: "reviewer-not-found" });
}

async function findPipeline(ado: AzureDevOps, project: string, name: string) {
  const all = await listDefinitions(ado, project);
  const found = all.filter((one) => one.name === name || String(one.id) === name);
  const [first] = found;
  if (first !== undefined && found.length === 1) return { id: first.id, name: first.name };
  const why =
    first === undefined ? "there is none, or you may not see it" : "several are called so";
  throw new InputError([{ message: `Pipeline "${name}": ${why}` }]);
}
