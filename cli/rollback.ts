import { parseArgs } from "node:util";
import { connectAzureDevOps } from "../clients/azure-devops/connection.ts";
import { explainedRefusal } from "../clients/azure-devops/explained-refusal.ts";
import { openRollback } from "../clients/azure-devops/open-rollback.ts";
import { readRollback } from "../clients/azure-devops/read-rollback.ts";
import { rightsToPropose } from "../clients/azure-devops/permission-refusal.ts";
import { demandRepository } from "../clients/azure-devops/repositories.ts";
import { pullRequestUrl } from "../core/azure-devops/urls.ts";
import {
  rollbackDescription,
  rollbackSubject,
  rollbackTitle,
} from "../core/rollback/rollback-text.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { organisationUrl as addressOf } from "./usage-error.ts";

const required = [
  ...(["organisation", "project", "repository", "delivery"] as const),
  ...(["environment", "to", "reason"] as const),
] as const;

export const rollbackCommand: Command = {
  summary: "Take an app or a delivery of an environment back to an earlier commit, by pull request",
  help: `fluxgate rollback --organisation URL --project P --repository R
                  --delivery D --environment E --to COMMIT --reason TEXT [--app A] [--hold] [--write]

Shows what would go back; with --write it opens the pull request. No run waits for it: the template
rollback.yml does the same in a pipeline that waits. The token stands in FLUXGATE_TOKEN.

  --to COMMIT    of the manifests repository, 40 digits: one that was healthy
  --app NAME     only this app; otherwise all of the delivery
  --path FOLDER  of the environment; default its name
  --branch NAME  the branch that Flux follows; default main
  --hold         later runs stop instead of deploying again what is taken back, until a pull request
                 deletes .fluxgate/<delivery>.hold.json
  --by NAME      who holds it, as the hold says; default the user of this machine
  --bearer       the token is of Entra ID or a job, not a personal access token`,
  async run(args, { out, err }) {
    const text = { type: "string" } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ organisation: text, project: text, repository: text, delivery: text },
        ...{ environment: text, to: text, reason: text, app: text, path: text, by: text },
        branch: { type: "string", default: "main" },
        hold: { type: "boolean", default: false },
        write: { type: "boolean", default: false },
        bearer: { type: "boolean", default: false },
      },
    });
    const missing = required.filter((name) => (values[name] ?? "") === "");
    const token = process.env["FLUXGATE_TOKEN"] ?? "";
    if (missing.length > 0 || token === "") {
      const what = [
        ...missing.map((name) => `--${name}`),
        ...(token === "" ? ["FLUXGATE_TOKEN"] : []),
      ];
      err(`fluxgate rollback needs ${what.join(", ")}. Run fluxgate rollback --help.`);
      return exitCodes.usage;
    }
    const given = (name: (typeof required)[number]) => values[name] ?? "";
    const to = given("to").toLowerCase();
    if (!/^[0-9a-f]{40}$/.test(to)) {
      err(`--to ${to} is no id of a commit (40 digits). Run fluxgate rollback --help.`);
      return exitCodes.usage;
    }
    const organisationUrl = addressOf(given("organisation"));
    const ado = connectAzureDevOps({
      ...{ organisationUrl, token: async () => token, kind: values.bearer ? "bearer" : "pat" },
    });
    const repo = { project: given("project"), repository: given("repository") };
    await demandRepository(ado, repo);
    const [delivery, environment, reason] = [
      given("delivery"),
      given("environment"),
      given("reason"),
    ];
    const target = {
      ...{ repo, targetBranch: values.branch, path: values.path ?? environment },
      ...{ delivery, environment, app: values.app, to },
    };
    const read = await readRollback(ado, target);
    const by = values.by ?? process.env["USER"] ?? process.env["USERNAME"] ?? "somebody";
    const apps = values.app === undefined ? {} : { apps: [values.app] };
    const hold = values.hold ? { ...apps, reason, by, at: new Date().toISOString() } : undefined;
    const facts = { ...target, ...read, reason, hold };
    out(rollbackTitle(facts));
    for (const problem of read.plan.problems) err(problem);
    for (const line of rollbackDescription(facts).split("\n")) out(line);
    if (!values.write) {
      out("Nothing was written: --write opens the pull request.");
      return read.plan.problems.length > 0 ? exitCodes.problems : exitCodes.ok;
    }
    const { pullRequest } = await openRollback(ado, { target, read, reason, hold }).catch(
      (error: unknown) => {
        const what = `open the rollback of ${rollbackSubject(target)}`;
        const repository = `repository ${repo.project}/${repo.repository}`;
        const right = { permission: rightsToPropose, identity: "the token's account" };
        throw explainedRefusal(error, { what, repository, right });
      },
    );
    out(pullRequestUrl({ organisationUrl, ...repo }, pullRequest.pullRequestId));
    return exitCodes.ok;
  },
};
