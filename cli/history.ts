import { parseArgs } from "node:util";
import { connectAzureDevOps } from "../clients/azure-devops/connection.ts";
import { readHistory } from "../clients/azure-devops/read-history.ts";
import { demandRepository } from "../clients/azure-devops/repositories.ts";
import { historyCsv, historyJson } from "../core/history/history.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { organisationUrl } from "./usage-error.ts";

const required = ["organisation", "project", "repository", "environment"] as const;

export const historyCommand: Command = {
  summary: "Export who changed an environment, what, when, and approved by whom",
  help: `fluxgate history --organisation URL --project P --repository R --environment E
                 [--format csv|json]

An entry for each commit of the manifests repository that changed the environment's folder (not what it
takes from other folders), newest first, from git, commit statuses and pull requests. deliveries, code,
run and who are what the commit says of itself; broughtBy is whose pull request or push it was. What
could not be read stands in notRead. The token stands in FLUXGATE_TOKEN: Code (Read, Status), and Build
(Read) for who asked for a run.

  --format NAME   csv (default) or json
  --path FOLDER   of the environment; default its name
  --branch NAME   the branch that Flux follows; default main
  --top NUMBER    of entries, at most 1000; default 100
  --since DATE    2026-01-31
  --reporter ID   of the connector's identity, once for each that it has had: only its statuses are
                  results. Without it anybody's are, and resultBy says whose
  --bearer        the token is of Entra ID or a job, not a personal access token

Exit code 3: something could not be read.`,
  async run(args, { out, err }) {
    const text = { type: "string" } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ organisation: text, project: text, repository: text, environment: text, path: text },
        since: text,
        reporter: { type: "string", multiple: true },
        format: { type: "string", default: "csv" },
        top: { type: "string", default: "100" },
        branch: { type: "string", default: "main" },
        bearer: { type: "boolean", default: false },
      },
    });
    const token = process.env["FLUXGATE_TOKEN"]?.trim() ?? "";
    const missing = required
      .filter((name) => (values[name] ?? "") === "")
      .map((name) => `--${name}`);
    if (token === "") missing.push("FLUXGATE_TOKEN");
    const problem = missing.length > 0 ? `needs ${missing.join(", ")}` : optionProblem(values);
    if (problem !== undefined) {
      err(`fluxgate history ${problem}. Run fluxgate history --help.`);
      return exitCodes.usage;
    }
    const { organisation = "", project = "", repository = "", environment = "" } = values;
    const ado = connectAzureDevOps({
      organisationUrl: organisationUrl(organisation),
      token: async () => token,
      kind: values.bearer ? "bearer" : "pat",
    });
    await demandRepository(ado, { project, repository });
    const top = Number(values.top);
    const entries = await readHistory(ado, {
      ...{ repo: { project, repository }, branch: values.branch, environment, top },
      path: (values.path ?? environment).replace(/^\/+|\/+$/g, ""),
      reporters: (values.reporter ?? []).map((id) => id.toLowerCase()),
      ...(values.since === undefined ? {} : { since: values.since }),
    });
    const lines = values.format === "json" ? historyJson(entries) : historyCsv(entries);
    for (const line of lines.split(/\r?\n/)) out(line);
    if (entries.length === 0) {
      const since = values.since === undefined ? "" : ` since ${values.since}`;
      const folder = values.path ?? environment;
      err(
        `No commit of ${values.branch} has changed ${folder}${since}: --path and --branch say where.`,
      );
    }
    if (entries.length === top) err(`Only the newest ${top} entries: --top says how many.`);
    const unread = entries.filter(({ notRead }) => notRead.length > 0).length;
    if (unread > 0) err(`Of ${unread} entries something could not be read: notRead says what.`);
    return unread > 0 ? exitCodes.failed : exitCodes.ok;
  },
};

function optionProblem(values: {
  readonly format: string;
  readonly top: string;
  readonly since?: string | undefined;
}): string | undefined {
  const { format, top, since } = values;
  if (format !== "csv" && format !== "json") return `knows no format ${format}: csv and json`;
  if (!/^\d{1,4}$/.test(top) || Number(top) < 1 || Number(top) > 1_000)
    return `takes --top from 1 to 1000, not ${top}`;
  if (since !== undefined && !isDay(since))
    return `takes --since as a day, 2026-01-31, not ${since}`;
  return undefined;
}

// These texts mean one day everywhere. Date.parse makes 3 March of 31 February.
function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  if (day === undefined || Number.isNaN(Date.parse(text))) return false;
  return new Date(Date.parse(`${day}T00:00:00Z`)).toISOString().startsWith(day);
}
