import type { IncomingMessage, ServerResponse } from "node:http";
import { refusals } from "../api-error.ts";
import { findProject } from "../route.ts";
import { sendError } from "../send-error.ts";
import type { Grant } from "../identity.ts";
import type { GitState } from "./git-state.ts";
import type { Projects } from "../repository.ts";
import { serveGit } from "./http-backend.ts";
import { visibleRepository } from "./visible-repository.ts";

const gitPath =
  /^\/[^/]+\/([^/]+)\/_git\/([^/]+)(\/info\/refs|\/git-upload-pack|\/git-receive-pack)$/;

export function isGitPath(path: string): boolean {
  return gitPath.test(path);
}

/** `{organisation}/{project}/_git/{repository}`: clone, fetch and push. */
export async function handleGit(
  organisation: GitState & Projects,
  at: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly grant: Grant;
    readonly url: URL;
  },
): Promise<void> {
  const [, projectName = "", repositoryName = "", path = ""] = gitPath.exec(at.url.pathname) ?? [];
  const name = decodeURIComponent(repositoryName).replace(/\.git$/, "");
  const project = findProject(organisation, decodeURIComponent(projectName));
  const repository = visibleRepository(project?.repositories ?? [], name, at.grant);
  if (!repository) return sendError(at.response, refusals.repository(name));
  return serveGit(organisation, { ...at, repository, path, query: at.url.search.slice(1) });
}
