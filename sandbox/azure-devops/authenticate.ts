import type { Host } from "./host.ts";
import type { Projects } from "./repository.ts";
import type { IncomingMessage } from "node:http";
import type { Grant, Identities } from "./identity.ts";

/** As {@link authenticate}; a browser that follows a link brings only the cookie of its sign-in. */
export function authenticateRequest(
  organisation: Identities,
  { headers, method }: IncomingMessage,
): Grant | undefined {
  const grant = authenticate(organisation, headers.authorization);
  if (grant || headers.authorization !== undefined || method !== "GET") return grant;
  const [, token = ""] = /(?:^|;\s*)sandbox-sign-in=([\w-]+)/.exec(headers.cookie ?? "") ?? [];
  return organisation.grants.get(token);
}

/**
 * Who calls, from `Authorization: Basic base64(any:token)` or `Bearer token`; both schemes open
 * the same tokens, as in the service. Undefined when the header is absent or its token unknown.
 */
function authenticate(organisation: Identities, header: string | undefined): Grant | undefined {
  const [scheme = "", value = ""] = (header ?? "").trim().split(/\s+/, 2);
  switch (scheme.toLowerCase()) {
    case "bearer":
      return organisation.grants.get(value);
    case "basic": {
      const decoded = Buffer.from(value, "base64").toString("utf8");
      return organisation.grants.get(decoded.slice(decoded.indexOf(":") + 1));
    }
    default:
      return undefined;
  }
}

/**
 * A token for one run's jobs: the project's build service, reaching only `repositories` (ids).
 * Valid until it is revoked.
 */
export function issueJobToken(
  organisation: Host & Identities & Projects,
  job: {
    readonly project: string;
    readonly buildId: number;
    readonly repositories: readonly string[];
  },
): string {
  const project = organisation.projects.find(({ id }) => id === job.project);
  if (!project) throw new Error(`no project ${job.project}`);
  const token = `job-${job.buildId}-${(organisation.counters.next += 1)}-${project.id}`;
  organisation.grants.set(token, {
    identity: project.buildService,
    repositories: new Set(job.repositories),
  });
  return token;
}

export function revokeToken(organisation: Identities, token: string): void {
  organisation.grants.delete(token);
}
