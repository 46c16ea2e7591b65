// Azure/gitops-connector, as its README sets it up beside Flux (generic Provider, `/gitopsphase`), run
// from a checkout by its own Python: nothing of it is here.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The genre and name that it gives the status of a Kustomization as a whole. */
export const itsStatus = { genre: "Kustomization", name: "Status" } as const;

export type GitopsConnector = {
  /** Where Flux' generic Provider sends its events. */
  readonly address: string;
  readonly close: () => void;
};

/**
 * Starts it for one manifests repository, on a free port.
 * @param folder its `src`, with what its requirements.txt lists in `.venv`
 * @param project `http://127.0.0.1:1234/fabrikam/shop`
 */
export async function startGitopsConnector(
  folder: string,
  { project, repository }: { readonly project: string; readonly repository: string },
): Promise<GitopsConnector> {
  const python = resolve(folder, ".venv/bin/python");
  if (!existsSync(python)) {
    throw new Error(
      `Failed to start gitops-connector: ${python} is not there. Name the folder src of its checkout, and install requirements.txt into .venv there.`,
    );
  }
  const args = ["-m", "flask", "--app", "gitops_event_handler", "run", "--port", "0"];
  const child = spawn(python, args, {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      PYTHONUNBUFFERED: "1",
      GIT_REPOSITORY_TYPE: "AZDO",
      CICD_ORCHESTRATOR_TYPE: "AZDO",
      GITOPS_OPERATOR_TYPE: "FLUX",
      GITOPS_APP_URL: "http://127.0.0.1/",
      AZDO_GITOPS_REPO_NAME: repository,
      AZDO_PR_REPO_NAME: repository,
      AZDO_ORG_URL: project,
      PAT: "sandbox-connector",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const port = await new Promise<string>((found, failed) => {
    let said = "";
    const hear = (data: Buffer) => {
      said += data.toString();
      const [, known] = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      if (known !== undefined) found(known);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", failed);
    child.once("exit", () => failed(new Error(`gitops-connector ended: ${said.slice(-500)}`)));
  });
  return {
    address: `http://127.0.0.1:${port}/gitopsphase`,
    // It waits for its threads at the end.
    close: () => void child.kill("SIGKILL"),
  };
}
