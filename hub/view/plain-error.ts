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
    return withWords("A branch policy stands against it", message);
  }
  if (status === 429) return "Azure DevOps asks for a pause. Try again in a minute.";
  if (code === "not-json" || code === "odd-answer") {
    return "What answered is not Azure DevOps (a proxy, a sign-in page), or its answer was cut off.";
  }
  const act = message.startsWith("GET ") ? "read" : "do";
  if (status === 403) return withWords(`You are not allowed to ${act} this`, message);
  if (status >= 500) return withWords("Azure DevOps has a problem of its own", message);
  // An answer that was taken, and then found odd, says so itself.
  if (status < 400) return undefined;
  if (status !== 404) return withWords("Azure DevOps refused it", message);
  return withWords("It is not there, or you may not see it", message);
}

// `PATCH https://… answered 403: TF401027: You need …` → the service's own words, if it had any.
function withWords(text: string, message: string): string {
  const [, words = ""] = / answered \d+(?:: (.*))?$/s.exec(message) ?? [];
  const said = words.replace(/^(TF|VS)\d+: /, "");
  return said === "" ? `${text}.` : sentence(`${text}: ${said}`);
}

function sentence(error: unknown): string {
  const text = userMessage(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
