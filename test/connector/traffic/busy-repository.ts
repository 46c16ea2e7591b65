// An Azure DevOps of one repository whose branch gets a commit at each merge: by rule and without a
// memory of its own, so that what grows beside it is the connector's.
import { taskLogUrl } from "../../../core/azure-devops/urls.ts";

export const organisationUrl = "https://dev.azure.com/fabrikam";

const files = 50;
const letters = 5;
const historyLength = 30;
const id = "898dc32e-4ca3-5f9a-b6a6-69ee7e414631";

/** The head of the branch after so many merges. */
export function commitAt(merges: number): string {
  return merges.toString(16).padStart(40, "0");
}

export function busyRepository() {
  let merges = historyLength;
  let statuses = 0;

  function answer(path: string, query: URLSearchParams, body: string): unknown {
    const now = commitAt(merges);
    if (/\/repositories\/[^/]+$/.test(path)) {
      return { id, name: "manifests", project: { id: "p", name: "shop" } };
    }
    if (path.endsWith("/refs")) {
      if (query.get("filter") === "heads/main")
        return list([{ name: "refs/heads/main", objectId: now }]);
      return list([branchOf(merges)]);
    }
    if (path.endsWith("/statuses")) {
      if (body === "") return list([]);
      return { ...(JSON.parse(body) as object), id: (statuses += 1), createdBy: { id: "me" } };
    }
    if (path.endsWith("/diffs/commits")) {
      return {
        allChangesIncluded: true,
        commonCommit: query.get("baseVersion"),
        changes: [changed(merges)],
      };
    }
    if (path.endsWith("/commits")) {
      return list(
        Array.from({ length: historyLength }, (_, back) => ({ commitId: commitAt(merges - back) })),
      );
    }
    if (path.endsWith("/changes")) return { changes: [changed(merges)] };
    if (path.endsWith("/pushes")) return list([]);
    if (path.endsWith("/items")) {
      const inFluxgate = (query.get("scopePath") ?? "").includes(".fluxgate");
      return list(
        inFluxgate ? [] : Array.from({ length: files }, (_, index) => item(index, merges)),
      );
    }
    return list([]);
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body = typeof init?.body === "string" ? init.body : "";
    return Response.json(answer(url.pathname, url.searchParams, body));
  };
  return { fetch, merges: () => merges, merge: () => void (merges += 1) };
}

function list(value: readonly unknown[]) {
  return { count: value.length, value };
}

function item(index: number, merges: number) {
  const objectId = commitAt(index === merges % files ? merges : index);
  return { path: `/dev/${index}.yaml`, objectId, gitObjectType: "blob" };
}

function changed(merges: number) {
  const path = `/dev/${merges % files}.yaml`;
  const one = { path, objectId: commitAt(merges), originalObjectId: commitAt(merges - 1) };
  return { changeType: "edit", item: { ...one, gitObjectType: "blob" } };
}

// Letters of strangers, each time others.
function branchOf(merges: number) {
  return {
    name: `refs/heads/fluxgate/shop/dev/${merges}`,
    objectId: commitAt(merges + 1_000_000),
    statuses: Array.from({ length: letters }, (_, index) => ({
      ...{ id: merges * letters + index, state: "pending", creationDate: "2026-01-01T00:00:00Z" },
      ...{ description: "Waiting for Flux (timeoutInMinutes: 60)", createdBy: { id: "stranger" } },
      context: { genre: "fluxgate", name: "wait/shop/dev" },
      targetUrl: taskLogUrl({
        organisationUrl,
        project: "shop",
        build: merges * letters + index,
        job: id,
        task: id,
      }),
    })),
  };
}
