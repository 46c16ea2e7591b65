import { type AzureDevOps, call, get, git, oddAnswer, type RepositoryRef } from "./connection.ts";

type OfPullRequest = { readonly repo: RepositoryRef; readonly id: number };

/** Machine data of a pull request; names without the leading slash of the patch paths. */
export async function getProperties(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<Readonly<Record<string, string>>> {
  const answer = await get<{ value?: Record<string, { readonly $value?: unknown }> } | null>(
    ado,
    git(repo, "pullRequests", id, "properties"),
  );
  const { value } = answer ?? {};
  // Also of a pull request without any the service sends the object.
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw oddAnswer(`no properties of pull request !${id}`);
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, { $value }]) =>
      typeof $value === "string" || typeof $value === "number" ? [[name, String($value)]] : [],
    ),
  );
}

/** Sets the given properties and leaves the others as they are. */
export async function patchProperties(
  ado: AzureDevOps,
  {
    repo,
    id,
    properties,
  }: OfPullRequest & { readonly properties: Readonly<Record<string, string>> },
): Promise<void> {
  await call(ado, {
    ...git(repo, "pullRequests", id, "properties"),
    method: "PATCH",
    retry: true,
    headers: { "Content-Type": "application/json-patch+json" },
    json: Object.entries(properties).map(([name, value]) => ({
      op: "add",
      path: `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      value,
    })),
  });
}
