import { type AzureDevOps, list } from "./connection.ts";

// "Security namespace and permission reference" of the documents: Git Repositories.
const gitRepositories = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";
const bits = {
  Contribute: 4,
  "Create branch": 16,
  "Contribute to pull requests": 16384,
} as const;

/**
 * Whether this identity has a permission on a repository, or on one branch of it. Both are named
 * by id: a token of a name is another place. (Which scope an extension's token needs for it is
 * UNVERIFIED.)
 */
export async function readRepositoryRights(
  ado: AzureDevOps,
  of: {
    readonly project: string;
    readonly repository: string;
    readonly permission: keyof typeof bits;
    /** `refs/heads/main` */
    readonly ref?: string;
  },
): Promise<boolean> {
  const { project, repository, permission, ref } = of;
  const branch = ref === undefined ? "" : `${encodedRef(ref)}/`;
  const [allowed] = await list<boolean>(ado, {
    path: ["permissions", gitRepositories, bits[permission]],
    query: { tokens: `repoV2/${project}/${repository}/${branch}` },
  });
  return allowed ?? false;
}

// The same page: Build.
const build = "33344d9c-fc72-4d6f-aba5-fa317101a7e9";
const stopBuilds = 512;

/** Whether this identity may stop the runs of a project, which is named by its id. */
export async function readStopBuildsRight(ado: AzureDevOps, project: string): Promise<boolean> {
  const path = ["permissions", build, stopBuilds];
  const [allowed] = await list<boolean>(ado, { path, query: { tokens: project } });
  return allowed ?? false;
}

// "Tokens" of the documents (Security, previous APIs): each part of the name after refs/heads as
// the hexadecimal digits of its UTF-16 bytes, the low one first.
function encodedRef(ref: string): string {
  const [root = "", kind = "", ...name] = ref.split("/");
  const hex = (part: string) =>
    Array.from({ length: part.length }, (_, at) => {
      const unit = part.charCodeAt(at).toString(16).padStart(4, "0");
      return unit.slice(2) + unit.slice(0, 2);
    }).join("");
  return [root, kind, ...name.map(hex)].join("/");
}
