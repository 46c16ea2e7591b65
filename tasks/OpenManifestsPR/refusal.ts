import { causeText, HttpError, TerminalError } from "../../core/errors.ts";

const hints: Readonly<Record<string, string>> = {
  "permission-missing":
    "Give the build service identity that the message names Contribute, Create branch and Contribute to pull requests on the repository.",
  "repository-not-found":
    "Check project and repository. A job's token reaches only repositories that the YAML references: add `uses: { repositories: [<alias>] }` to the job.",
};

/** Says what was being done when the service refused, and what to grant. `what` is a verb phrase. */
export async function doing<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof HttpError ? codeOf(error) : undefined;
    if (code === undefined) throw error;
    const hint = hints[code];
    const options = hint === undefined ? { code } : { code, hint };
    throw new TerminalError(`Failed to ${what}: ${causeText(error)}`, { ...options, cause: error });
  }
}

function codeOf(error: HttpError): string | undefined {
  if (error.status === 403) return "permission-missing";
  if (error.status === 404) return "repository-not-found";
  return error.status >= 400 && error.status < 500 && error.code !== "not-signed-in"
    ? "pull-request-refused"
    : undefined;
}
