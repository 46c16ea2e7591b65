import { parseRepositoryUrl } from "../core/azure-devops/urls.ts";
import { TerminalError } from "../core/errors.ts";
import {
  notFoundHint,
  parsePermissionRefusal,
  permissionHint,
  rightsToPropose,
} from "./azure-devops/permission-refusal.ts";
import { shownUrl } from "./shown-url.ts";

type Refusal = {
  readonly when: RegExp;
  readonly code: string;
  /** Or made of the repository and what git was to do. */
  readonly hint: string | ((place: string, command: string) => string);
};

// TF codes are Azure DevOps' own and do not change with the language of the message.
const refusals: readonly Refusal[] = [
  {
    when: /TF401019|TF200016|repository '?.*'? not found|returned error: 404/i,
    code: "repository-not-found",
    hint: notFoundHint,
  },
  {
    when: /TF401027|TF401026|returned error: 403/i,
    code: "permission-missing",
    hint: wordlessHint,
  },
  {
    when: /TF402455|TF402456/,
    code: "branch-protected",
    hint: "A branch policy covers this branch, so that only pull requests may change it: limit the policy to the branch that Flux follows, fluxgate/* must stay free.",
  },
  {
    when: /is locked/i,
    code: "branch-locked",
    hint: "Unlock it (Repos > Branches > Unlock), or ask who locked it.",
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

type Said = { readonly stdout: string; readonly stderr: string };

/** Whether the same call may work in a moment: nothing was refused. */
export function isTransient({ stdout, stderr }: Said): boolean {
  const said = `${stderr}\n${stdout}`;
  return /Could not resolve host|Connection (refused|reset|was reset)|Broken pipe|timed out|Empty reply|early EOF|hung up|unexpected disconnect|RPC failed|returned error: (408|429|5\d\d)/i.test(
    said,
  );
}

/** Whether a push lost against somebody else's, or against what it has itself done before. */
export function isStale({ stdout, stderr }: Said): boolean {
  return /stale info|TF401028|fetch first|non-fast-forward|already exists|cannot lock ref/.test(
    `${stdout}\n${stderr}`,
  );
}

/** What went wrong, in the words of git or the service; `args` may name only the sub-command. */
export function gitFailure(
  args: readonly string[],
  { url }: { readonly url: string },
  { code, stdout, stderr }: Said & { readonly code: number },
): TerminalError {
  const said = `${stderr}\n${stdout}`;
  const place = URL.canParse(url) ? shownUrl(url) : url;
  const why = reason(said) || `git ended with code ${code}`;
  const refusal = refusals.find(({ when }) => when.test(said));
  const right = parsePermissionRefusal(said);
  const where = repositoryName(url) ?? place;
  return new TerminalError(`Failed to ${whatFailed(args, place)}: ${why}`, {
    code: refusal?.code ?? "git-failed",
    hint: right !== undefined ? permissionHint(right, where) : hintOf(),
  });

  function hintOf(): string {
    const { hint = "Run the task again with System.Debug set to see more." } = refusal ?? {};
    return typeof hint === "string" ? hint : hint(where, args[0] ?? "");
  }
}

// The answer names neither right nor identity: a proxy's does not either.
function wordlessHint(place: string, command: string): string {
  const permission = command === "push" ? rightsToPropose : "Read";
  const right = permissionHint({ permission, identity: undefined }, place);
  return `${right} Where all of that stands there, look at the proxy: Azure DevOps names the right that it misses.`;
}

function repositoryName(url: string): string | undefined {
  const found = parseRepositoryUrl(url);
  return found === undefined ? undefined : `repository ${found.project}/${found.repository}`;
}

function whatFailed([command = "run git", ...rest]: readonly string[], place: string): string {
  if (command === "fetch") return `fetch from ${place}`;
  if (command !== "push") return command;
  const branch = /:refs\/heads\/(.+)$/.exec(rest.at(-1) ?? "")?.[1];
  return branch === undefined ? `push to ${place}` : `push branch ${branch} to ${place}`;
}

// The service's own line if there is one, otherwise git's last; without what only scripts read:
// `!<tab>from:to<tab>[remote rejected] (TF401027: …)`.
function reason(said: string): string {
  const lines = said
    .split("\n")
    .map((line) => line.replace(/^(remote|fatal|error|hint|warning): */i, "").trim())
    .filter((line) => line !== "" && !/^(Done|To https?:\S+)$/.test(line));
  const line = lines.find((each) => /\bTF\d{6}\b/.test(each)) ?? lines[0] ?? "";
  const [, inside] = /\[(?:remote )?rejected\][^(]*\((.+)\)$/.exec(line) ?? [];
  return (inside ?? line).replaceAll("\t", " ").slice(0, 500);
}
