/** A page of the portal, as its web address says; the addresses are the service's own. */
export type Page =
  | { readonly kind: "repositories" }
  | { readonly kind: "files"; readonly repository: string; readonly path: string }
  | { readonly kind: "commits"; readonly repository: string }
  | { readonly kind: "commit"; readonly repository: string; readonly commit: string }
  | { readonly kind: "pull-requests"; readonly repository: string }
  | {
      readonly kind: "pull-request";
      readonly repository: string;
      readonly id: number;
      readonly tab: string;
    }
  | { readonly kind: "runs" }
  | {
      readonly kind: "run";
      readonly buildId: number;
      readonly job: string | undefined;
      readonly task: string | undefined;
    }
  | { readonly kind: "environments" }
  | { readonly kind: "hub"; readonly contribution: string }
  | { readonly kind: "unknown"; readonly path: string };

export type Location = {
  readonly organisation: string;
  readonly project: string | undefined;
  readonly page: Page;
};

/** Reads `/{organisation}/{project}/…`. Never fails: what it does not know is `unknown`. */
export function parseLocation(pathname: string, search: string): Location {
  const parts = pathname.split("/").filter(Boolean).map(decodeURIComponent);
  const [organisation = "", project, area, ...rest] = parts;
  const query = new URLSearchParams(search);
  return { organisation, project, page: pageOf({ area, rest, query, pathname }) };
}

function pageOf(at: {
  readonly area: string | undefined;
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
  readonly pathname: string;
}): Page {
  const [first, second, third] = at.rest;
  switch (at.area) {
    case undefined:
      return { kind: "repositories" };
    case "_git":
      return first ? gitPage({ repository: first, second, third, query: at.query }) : pageless();
    case "_build":
      return first === "results" && Number(at.query.get("buildId")) > 0
        ? {
            kind: "run",
            buildId: Number(at.query.get("buildId")),
            job: at.query.get("j") ?? undefined,
            task: at.query.get("t") ?? undefined,
          }
        : { kind: "runs" };
    case "_environments":
      return { kind: "environments" };
    case "_apps":
      return first === "hub" && second
        ? { kind: "hub", contribution: second }
        : { kind: "unknown", path: at.pathname };
    default:
      return { kind: "unknown", path: at.pathname };
  }
}

function pageless(): Page {
  return { kind: "repositories" };
}

function gitPage(at: {
  readonly repository: string;
  readonly second: string | undefined;
  readonly third: string | undefined;
  readonly query: URLSearchParams;
}): Page {
  const { repository, second, third, query } = at;
  if (second === "commits") return { kind: "commits", repository };
  if (second === "commit" && third) return { kind: "commit", repository, commit: third };
  if (second === "pullrequests") return { kind: "pull-requests", repository };
  if (second === "pullrequest" && Number(third) > 0) {
    const tab = query.get("_a") ?? "overview";
    return { kind: "pull-request", repository, id: Number(third), tab };
  }
  return { kind: "files", repository, path: query.get("path") ?? "/" };
}
