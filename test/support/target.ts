// Where a contract test runs: the sandbox, or the service itself when AZDO_ORG_URL and AZDO_TOKEN
// are set (AZDO_PROJECT names a project that may be written to, default `fluxgate-test`).
import {
  createSandbox,
  type Part,
  type Sandbox,
} from "../../sandbox/azure-devops/create-sandbox.ts";
import { eventually } from "./eventually.ts";
import type { IdentityName } from "../../sandbox/test/support/sandbox-with.ts";

export type Target = {
  readonly orgUrl: string;
  readonly token: string;
  readonly project: string;
  readonly kind: "sandbox" | "service";
  /** Only in the sandbox: other identities, faults, what met no route. */
  readonly sandbox: Sandbox | undefined;
  readonly close: () => Promise<void>;
};

/** @param parts of the organisation besides what every one has, where it is the sandbox */
export async function openTarget(parts: readonly Part[] = []): Promise<Target> {
  const { AZDO_ORG_URL: orgUrl, AZDO_TOKEN: token, AZDO_PROJECT: project } = process.env;
  if (orgUrl && token) {
    return {
      orgUrl: orgUrl.replace(/\/$/, ""),
      token,
      project: project ?? "fluxgate-test",
      kind: "service",
      sandbox: undefined,
      close: () => Promise.resolve(),
    };
  }
  const sandbox = await createSandbox({
    seed: { organisation: "fabrikam", projects: [{ name: "fluxgate-test", repositories: [] }] },
    parts,
  });
  return {
    orgUrl: sandbox.organisationUrl,
    token: "sandbox-admin",
    project: "fluxgate-test",
    kind: "sandbox",
    sandbox,
    close: () => sandbox.close(),
  };
}

export type Reply<T> = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: T;
};

type Ask = {
  readonly method?: string;
  /** Sent as JSON; bytes as they are. */
  readonly body?: unknown;
  readonly accept?: string;
  readonly as?: IdentityName;
};

/** What a refusal says; other answers have the type that the caller names. */
export type Refusal = { readonly typeKey: string; readonly message: string };

export type List<T> = { readonly count: number; readonly value: readonly T[] };

type CommitRef = { readonly commitId: string; readonly comment?: string };

export type PullRequest = {
  readonly pullRequestId: number;
  readonly status: string;
  readonly mergeStatus?: string;
  readonly isDraft: boolean;
  readonly title: string;
  readonly createdBy: { readonly id: string };
  readonly closedBy?: { readonly id: string };
  readonly repository: { readonly project: { readonly id: string } };
  readonly lastMergeSourceCommit: CommitRef;
  readonly lastMergeTargetCommit?: CommitRef;
  readonly lastMergeCommit?: CommitRef;
  readonly autoCompleteSetBy?: { readonly id: string };
  readonly labels?: readonly { readonly name: string }[];
  readonly reviewers: readonly {
    readonly id: string;
    readonly vote: number;
    readonly isRequired?: boolean;
  }[];
};

/** One call as it is answered; refusals are answers too. Throttling is waited out. */
export async function ask<T = Refusal>(
  target: Target,
  path: string,
  { method = "GET", body, accept = "application/json;api-version=7.1", as }: Ask = {},
): Promise<Reply<T>> {
  const token = as === undefined ? target.token : `sandbox-${as}`;
  const response = await fetch(`${target.orgUrl}/${path}`, {
    method,
    headers: {
      Authorization: `Basic ${Buffer.from(`:${token}`).toString("base64")}`,
      Accept: accept,
      "X-TFS-FedAuthRedirect": "Suppress",
      ...(body === undefined ? {} : { "Content-Type": contentType(path, body) }),
    },
    ...(body === undefined
      ? {}
      : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
  });
  const text = await response.text();
  const wait = Number(response.headers.get("Retry-After"));
  if (target.kind === "service" && response.status === 429 && wait > 0) {
    await new Promise((resume) => setTimeout(resume, wait * 1000));
    return ask(target, path, { method, body, accept });
  }
  const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
  const json = (isJson ? JSON.parse(text.replace(/^\uFEFF/, "")) : undefined) as T;
  return { status: response.status, headers: response.headers, text, json };
}

function contentType(path: string, body: unknown): string {
  if (body instanceof Uint8Array) return "application/octet-stream";
  return /\/properties(\?|$)/.test(path) ? "application/json-patch+json" : "application/json";
}

/** A repository of the test's own, with one commit on `main`; removed by `remove`. */
export async function makeRepository(target: Target) {
  const name = `fluxgate-test-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 6)}`;
  const made = await ask<{ readonly id: string }>(
    target,
    `${target.project}/_apis/git/repositories`,
    {
      method: "POST",
      body: { name },
    },
  );
  if (made.status !== 201) throw new Error(`no repository ${name}: ${made.text}`);
  const { id } = made.json;
  const path = `${target.project}/_apis/git/repositories/${id}`;
  const remove = () => ask(target, path, { method: "DELETE" });
  await push(target, path, { branch: "main", from: zeros, files: { "/a.txt": "a\n" } });
  return { id, name, path, remove };
}

export const zeros = "0".repeat(40);

/** Pushes files by REST on a branch, or on a new one that grows from a commit; the new commit. */
export async function push(
  target: Target,
  repository: string,
  change: {
    readonly branch: string;
    readonly from: string;
    readonly files: Readonly<Record<string, string>>;
    readonly changeType?: "add" | "edit";
  },
): Promise<string> {
  const { branch, from, files, changeType = "add" } = change;
  const pushed = await ask<{ readonly refUpdates: readonly { readonly newObjectId: string }[] }>(
    target,
    `${repository}/pushes`,
    {
      method: "POST",
      body: {
        refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId: from }],
        commits: [
          {
            comment: `Change ${branch}`,
            changes: Object.entries(files).map(([path, text]) => ({
              changeType,
              item: { path },
              newContent: {
                content: Buffer.from(text).toString("base64"),
                contentType: "base64encoded",
              },
            })),
          },
        ],
      },
    },
  );
  if (pushed.status !== 201) throw new Error(`no push to ${branch}: ${pushed.text}`);
  return pushed.json.refUpdates[0]?.newObjectId ?? zeros;
}

/** The tip of a branch. */
export async function tipOf(target: Target, repository: string, branch: string): Promise<string> {
  type Refs = List<{ readonly name: string; readonly objectId: string }>;
  const { json } = await ask<Refs>(target, `${repository}/refs?filter=heads/${branch}`);
  return json.value.find(({ name }) => name === `refs/heads/${branch}`)?.objectId ?? zeros;
}

/** Opens a pull request to `main` and waits for its first merge. */
export async function openPullRequest(
  target: Target,
  repository: string,
  branch: string,
): Promise<PullRequest> {
  const made = await ask<PullRequest>(target, `${repository}/pullrequests`, {
    method: "POST",
    body: {
      sourceRefName: `refs/heads/${branch}`,
      targetRefName: "refs/heads/main",
      title: branch,
      description: "",
    },
  });
  if (made.status !== 201) throw new Error(`no pull request: ${made.text}`);
  const url = `${repository}/pullrequests/${made.json.pullRequestId}`;
  return settled(target, url);
}

/** The pull request once the service has done what it does after its answers. */
export function settled(target: Target, url: string): Promise<PullRequest> {
  return eventually(`the merge of ${url}`, async () => {
    const { json } = await ask<PullRequest>(target, url);
    return json.mergeStatus === "queued" ? undefined : json;
  });
}
