import { HttpError, TimeoutError, userMessage } from "../../core/errors.ts";

/** What a person is told when something fails: what it means and what to do, no status codes. */
export function plainError(error: unknown): string {
  if (error instanceof HttpError) return httpText(error) ?? sentence(error);
  if (error instanceof TimeoutError) return `${sentence(error)} Look again in a moment.`;
  return sentence(error);
}

function httpText({ code, status, message }: HttpError): string | undefined {
  if (code === "not-signed-in") return "Your session has ended. Reload the page.";
  if (code === "unreachable") return "Azure DevOps does not answer. Check your network.";
  if (/TF401192|GitPullRequestStale/.test(`${message} ${code}`)) {
    return "The pull request has changed since you opened it. Look at it again, then decide.";
  }
  if (code === "GitPullRequestNotEditableException") {
    return "Somebody else has completed or abandoned the pull request already.";
  }
  if (code === "GitPullRequestUpdateRejectedByPolicyException") {
    return `A branch policy stands against it: ${said(message)}`;
  }
  if (status === 403) return `You are not allowed to do this: ${said(message)}`;
  if (status === 429) return "Azure DevOps asks for a pause. Try again in a minute.";
  if (status >= 500) return `Azure DevOps has a problem of its own: ${said(message)}`;
  return undefined;
}

// `PATCH https://… answered 403: TF401027: You need …` → the service's own words.
function said(message: string): string {
  const [, words = message] = / answered \d+: (.*)$/s.exec(message) ?? [];
  return words.replace(/^(TF|VS)\d+: /, "");
}

function sentence(error: unknown): string {
  const text = userMessage(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
