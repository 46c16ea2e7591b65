// notification-controller's provider `azuredevops` (v1.9): the end of a reconciliation as a status
// of its commit. Progress is not told, nor what went wrong in words.
import type { RecordedEvent } from "../cluster.ts";

type Status = {
  readonly state: "succeeded" | "error";
  readonly description: string;
  readonly context: { readonly genre: string; readonly name: string };
};

type Provider = {
  /** `<organisation>/<project>/_git/<repository>` behind the host. */
  readonly address: string;
  readonly token: string;
  readonly uid: string;
};

/** Posts the status unless the newest of its name says the same. */
export async function postCommitStatus(
  event: RecordedEvent,
  provider: Provider,
  signal: AbortSignal,
): Promise<void> {
  const commit = commitOf(event);
  const url = commit === undefined ? undefined : statusesUrl(provider.address, commit);
  if (url === undefined || !isTold(event)) return;
  const status = statusOf(event, provider);
  const authorization = `Basic ${Buffer.from(`:${provider.token}`).toString("base64")}`;
  const headers = { Authorization: authorization, "Content-Type": "application/json" };
  const listed = await fetch(url, { headers, signal });
  if (!listed.ok) return;
  const { value = [] } = (await listed.json()) as { readonly value?: readonly Status[] };
  const before = value.find(({ context }) => {
    return context.genre === status.context.genre && context.name === status.context.name;
  });
  if (before?.state === status.state && before.description === status.description) return;
  await fetch(url, { method: "POST", headers, body: JSON.stringify(status), signal });
}

// An end of a reconciliation or a failure; an event that names its commit itself.
function isTold({ type, reason, metadata = {} }: RecordedEvent): boolean {
  if (reason === "Progressing") return false;
  return type === "Warning" || metadata["commit_status"] === "update" || "commit" in metadata;
}

function commitOf({ metadata = {} }: RecordedEvent): string | undefined {
  const revision = metadata["commit"] ?? metadata["originRevision"] ?? metadata["revision"];
  return /(?:^|[:/])([0-9a-f]{40,64})$/.exec(revision ?? "")?.[1];
}

function statusesUrl(address: string, commit: string): string | undefined {
  const { origin, pathname } = new URL(address);
  const [organisation, project, git, repository, ...rest] = pathname.split("/").filter(Boolean);
  if (git !== "_git" || repository === undefined || rest.length > 0) return undefined;
  const path = `${organisation}/${project}/_apis/git/repositories/${repository}`;
  return `${origin}/${path}/commits/${commit}/statuses?api-version=7.1`;
}

function statusOf(
  { object, type, reason, metadata = {} }: RecordedEvent,
  { uid }: Provider,
): Status {
  const { kind, metadata: of } = object;
  const [short = ""] = uid.split("-");
  const summary = metadata["summary"];
  return {
    state: type === "Normal" ? "succeeded" : "error",
    // `HealthCheckFailed` → `health check failed`
    description: reason.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase(),
    context: {
      genre: summary ? `fluxcd:${summary}` : "fluxcd",
      name: `${kind}/${of.name}/${short}`.toLowerCase(),
    },
  };
}
