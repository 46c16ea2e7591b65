import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  type AzureDevOps,
  authorizationHeader,
  connectAzureDevOps,
} from "../clients/azure-devops/connection.ts";
import { waitTaskId } from "../core/run/letter.ts";
import type { Extension } from "../core/extension.ts";
import { copiedTaskId } from "../clients/copied-task-id.ts";
import { InputError } from "../core/errors.ts";
import { type Command, exitCodes, type Terminal } from "./command.ts";
import { readChecks } from "./doctor-azure-devops.ts";
import { type Check, type Finding, findingLine, runChecks } from "./doctor-check.ts";
import { kubernetesChecks } from "./doctor-kubernetes.ts";
import { waitChecks } from "./doctor-wait.ts";
import { writeChecks } from "./doctor-write.ts";

const options = {
  organisation: { type: "string" },
  project: { type: "string" },
  repository: { type: "string" },
  branch: { type: "string", default: "main" },
  extension: { type: "string", default: "fluxgate.fluxgate" },
  bearer: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  wait: { type: "string" },
  kubeconfig: { type: "string" },
  "flux-namespace": { type: "string", default: "flux-system" },
} as const;

export const doctorCommand: Command = {
  summary: "Test organisation, rights, kubeconfig and Flux, and say what to grant",
  help: `fluxgate doctor --organisation URL [--project P --repository R] [--kubeconfig FILE]

Tests each right by the call itself. The token stands in the environment variable FLUXGATE_TOKEN.

  --organisation URL    https://dev.azure.com/<organisation>
  --project NAME        project of the manifests repository
  --repository NAME     the manifests repository
  --branch NAME         the branch that Flux follows; default main
  --extension P.ID      the published copy, where it is not fluxgate.fluxgate
  --bearer              the token is of Entra ID or a job, not a personal access token
  --write               also test writing: pushes a branch, posts a status, opens a pull request,
                        then abandons and deletes them
  --wait BUILD          also test what the connector does with a run that is paused right now
  --kubeconfig FILE     a cluster to test
  --flux-namespace NAME where Flux runs; default flux-system`,
  run: doctor,
};

async function doctor(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const { organisation, kubeconfig } = values;
  if (organisation === undefined && kubeconfig === undefined) {
    const message = "fluxgate doctor needs --organisation, --kubeconfig or both";
    throw new InputError([{ message }]);
  }
  const findings = [
    ...(organisation === undefined ? [] : await checkAzureDevOps(organisation, values)),
    ...(kubeconfig === undefined ? [] : await runChecks(kubernetes(kubeconfig, values))),
  ];
  for (const finding of findings) terminal.out(findingLine(finding));
  const failed = findings.filter(({ state }) => state === "failed").length;
  terminal.out(failed === 0 ? "Everything that was tested works." : `${failed} failed.`);
  return failed === 0 ? exitCodes.ok : exitCodes.problems;
}

type Values = {
  readonly project?: string | undefined;
  readonly repository?: string | undefined;
  readonly branch: string;
  readonly extension: string;
  readonly bearer: boolean;
  readonly write: boolean;
  readonly wait?: string | undefined;
  readonly "flux-namespace": string;
};

async function checkAzureDevOps(organisation: string, values: Values): Promise<readonly Finding[]> {
  const { project, repository, branch, write } = values;
  const token = tokenFor(organisation);
  const kind = values.bearer ? "bearer" : "pat";
  const ado = connectAzureDevOps({ organisationUrl: organisation, token: async () => token, kind });
  const repo =
    project === undefined || repository === undefined ? undefined : { project, repository };
  if (write && repo === undefined) {
    throw new InputError([{ message: "--write needs --project and --repository" }]);
  }
  const checks = [
    ...readChecks({ ado, repo, branch, extension: copyOf(values) }),
    ...waitingRun(ado, values),
  ];
  if (!write || repo === undefined) return runChecks(checks);
  const tempFolder = await mkdtemp(join(tmpdir(), "fluxgate-doctor-"));
  const authorization = authorizationHeader(token, kind);
  const time = Math.floor(Date.now() / 1000);
  try {
    const target = { ado, repo, branch, authorization, tempFolder, time };
    return await runChecks([...checks, ...writeChecks(target)]);
  } finally {
    await rm(tempFolder, { recursive: true, force: true });
  }
}

function copyOf({ extension }: Values): Extension {
  const [publisher, name, ...more] = extension.split(".");
  if (publisher && name && more.length === 0) return { publisher, name };
  throw new InputError([{ message: `--extension ${extension} is not PUBLISHER.ID` }]);
}

function waitingRun(ado: AzureDevOps, values: Values): readonly Check[] {
  const { wait, project } = values;
  if (wait === undefined) return [];
  const build = Number(wait);
  if (project === undefined || !Number.isSafeInteger(build) || build < 1) {
    throw new InputError([{ message: "--wait needs the id of a run, and --project" }]);
  }
  const taskIds = [waitTaskId, copiedTaskId(waitTaskId, copyOf(values))];
  return waitChecks({ ado, project, build, taskIds });
}

function tokenFor(organisation: string): string {
  if (!/^https?:\/\//.test(organisation) || !URL.canParse(organisation)) {
    throw new InputError([{ message: `--organisation ${organisation} is no web address` }]);
  }
  const token = process.env["FLUXGATE_TOKEN"] ?? "";
  if (token !== "") return token;
  throw new InputError([{ message: "the environment variable FLUXGATE_TOKEN is not set" }]);
}

function kubernetes(kubeconfig: string, values: Values) {
  // Credential plugins of a kubeconfig need what a person's shell has; never our own token.
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name === "FLUXGATE_TOKEN" ? [] : [[name, value]],
    ),
  );
  return kubernetesChecks({ kubeconfig, fluxNamespace: values["flux-namespace"], env });
}
