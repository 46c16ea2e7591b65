import { TerminalError } from "../core/errors.ts";
import { shownUrl } from "./shown-url.ts";

type Refusal = {
  readonly when: RegExp;
  readonly code: string;
  readonly hint: string;
};

// TF codes are Azure DevOps' own and do not change with the language of the message.
const refusals: readonly Refusal[] = [
  {
    when: /TF401019|TF200016|repository '?.*'? not found|returned error: 404/i,
    code: "repository-not-found",
    hint: "Check project and repository. A job's token reaches only repositories that the YAML references: add `uses: { repositories: [<alias>] }` to the job.",
  },
  {
    when: /TF401027|TF401026|returned error: 403/i,
    code: "permission-missing",
    hint: "Give the build service identity that the message names Contribute, Create branch and Contribute to pull requests on the repository.",
  },
  {
    when: /TF402455|TF402456/,
    code: "branch-protected",
    hint: "A branch policy covers fluxgate/*: limit the policy to the branch that Flux follows.",
  },
  {
    when: /couldn't find remote ref|Remote branch .* not found/i,
    code: "branch-not-found",
    hint: "Create the branch with a first commit, or correct the input targetBranch.",
  },
  {
    when: /Authentication failed|could not read Username|returned error: 401|TF400813/i,
    code: "not-signed-in",
    hint: "Check that the token is of this organisation, not expired and not revoked.",
  },
  {
    when: /Could not resolve host|Connection refused|timed out|SSL certificate|Empty reply|unable to access/i,
    code: "unreachable",
    hint: "Check the address, the network and the proxy.",
  },
];

/** Whether the same call may work in a moment: nothing was refused. */
export function isTransient({ stdout, stderr }: { stdout: string; stderr: string }): boolean {
  const said = `${stderr}\n${stdout}`;
  return /Could not resolve host|Connection (refused|reset)|timed out|Empty reply|early EOF|hung up|returned error: (429|5\d\d)/i.test(
    said,
  );
}

/** What went wrong, in the words of git or the service; `args` may name only the sub-command. */
export function gitFailure(
  args: readonly string[],
  { url }: { readonly url: string },
  { code, stdout, stderr }: { code: number; stdout: string; stderr: string },
): TerminalError {
  const said = `${stderr}\n${stdout}`;
  const refusal = refusals.find(({ when }) => when.test(said));
  const remote = args[0] === "fetch" || args[0] === "push";
  const on = remote
    ? ` ${args[0] === "push" ? "to" : "from"} ${URL.canParse(url) ? shownUrl(url) : url}`
    : "";
  const why = reason(said) || `git ended with code ${code}`;
  return new TerminalError(`Failed to ${args[0] ?? "run git"}${on}: ${why}`, {
    code: refusal?.code ?? "git-failed",
    hint: refusal?.hint ?? "Run the task again with System.Debug set to see more.",
  });
}

// The service's own line if there is one, otherwise git's last.
function reason(said: string): string {
  const lines = said
    .split("\n")
    .map((line) => line.replace(/^(remote|fatal|error|hint|warning): */i, "").trim())
    .filter((line) => line !== "" && !/^Done$/.test(line));
  const line = lines.find((each) => /\bTF\d{6}\b/.test(each)) ?? lines[0] ?? "";
  return line.slice(0, 500);
}
