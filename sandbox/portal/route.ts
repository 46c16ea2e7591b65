// The addresses of the service's own web pages, as far as the portal has them.
export type Page =
  | { readonly kind: "repositories" }
  | {
      readonly kind: "files";
      readonly repository: string;
      readonly path: string;
      /** A branch's name; undefined is the default branch. */
      readonly branch: string | undefined;
    }
  | {
      readonly kind: "commits";
      readonly repository: string;
      readonly branch: string | undefined;
      readonly path: string | undefined;
    }
  | { readonly kind: "commit"; readonly repository: string; readonly commit: string }
  | { readonly kind: "branches"; readonly repository: string }
  | { readonly kind: "pull-requests"; readonly repository: string; readonly state: string }
  | {
      readonly kind: "new-pull-request";
      readonly repository: string;
      readonly source: string | undefined;
      readonly target: string | undefined;
    }
  | {
      readonly kind: "pull-request";
      readonly repository: string;
      readonly id: number;
      readonly tab: string;
    }
  | {
      readonly kind: "pipelines";
      /** `\\shop`; undefined: all, whatever their folder. */
      readonly folder: string | undefined;
    }
  | { readonly kind: "runs"; readonly definition: number | undefined }
  | {
      readonly kind: "run";
      readonly buildId: number;
      readonly job: string | undefined;
      readonly task: string | undefined;
      /** `logs`, `results` or the id of an extension's tab. */
      readonly view: string;
    }
  | { readonly kind: "environments" }
  | { readonly kind: "environment"; readonly id: number; readonly tab: string }
  | {
      readonly kind: "kubernetes";
      readonly environment: number;
      readonly resource: number;
      readonly tab: string;
      readonly object: string | undefined;
    }
  | { readonly kind: "work-item"; readonly id: number }
  | { readonly kind: "approvals" }
  | { readonly kind: "dashboard" }
  | { readonly kind: "faults" }
  | { readonly kind: "hub"; readonly contribution: string }
  | { readonly kind: "unknown"; readonly path: string };

export type Location = {
  readonly organisation: string;
  readonly project: string | undefined;
  readonly page: Page;
};

/** Reads `/{organisation}/{project}/…`. Never fails: what it does not know is `unknown`. */
export function parseLocation(pathname: string, search: string): Location {
  const parts = pathname.split("/").filter(Boolean).map(decoded);
  const [organisation = "", project, area, ...rest] = parts;
  const query = new URLSearchParams(search);
  return { organisation, project, page: pageOf({ area, rest, query, pathname }) };
}

type At = {
  readonly area: string | undefined;
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
  readonly pathname: string;
};

function pageOf(at: At): Page {
  const [first, second] = at.rest;
  const unknown = { kind: "unknown", path: at.pathname } as const;
  switch (at.area) {
    case undefined:
      return { kind: "repositories" };
    case "_git":
      return first ? gitPage(first, at) : { kind: "repositories" };
    case "_build":
      return buildPage(at);
    case "_environments":
      return environmentsPage(at);
    case "_workitems":
      return first === "edit" && positive(second)
        ? { kind: "work-item", id: Number(second) }
        : unknown;
    case "_approvals":
      return { kind: "approvals" };
    case "_dashboards":
      return { kind: "dashboard" };
    case "_sandbox":
      return first === "faults" ? { kind: "faults" } : unknown;
    case "_apps":
      return first === "hub" && second ? { kind: "hub", contribution: second } : unknown;
    default:
      return unknown;
  }
}

function buildPage({ rest: [first], query }: At): Page {
  const buildId = query.get("buildId");
  if (first === "results" && positive(buildId)) {
    return {
      kind: "run",
      buildId: Number(buildId),
      job: query.get("j") ?? undefined,
      task: query.get("t") ?? undefined,
      view: query.get("view") ?? "results",
    };
  }
  const definition = query.get("definitionId");
  if (positive(definition)) return { kind: "runs", definition: Number(definition) };
  const view = query.get("view");
  if (view === "runs") return { kind: "runs", definition: undefined };
  const scope = query.get("definitionScope");
  return { kind: "pipelines", folder: scope ?? (view === "folders" ? "\\" : undefined) };
}

function environmentsPage({ rest, query }: At): Page {
  const [first, providers, kind, resource] = rest;
  if (!positive(first)) return { kind: "environments" };
  const view = query.get("view");
  if (providers !== "providers" || kind !== "kubernetes" || !positive(resource)) {
    return { kind: "environment", id: Number(first), tab: view ?? "deployments" };
  }
  return {
    kind: "kubernetes",
    ...{ environment: Number(first), resource: Number(resource), tab: view ?? "Workloads" },
    object: query.get("object") ?? undefined,
  };
}

function gitPage(repository: string, { rest, query, pathname }: At): Page {
  const [, second, third] = rest;
  const branch = branchOf(query.get("version"));
  switch (second) {
    case undefined:
      return { kind: "files", repository, path: query.get("path") ?? "/", branch };
    case "commits":
      return {
        kind: "commits",
        repository,
        branch: branchOf(query.get("itemVersion")),
        path: query.get("itemPath") ?? undefined,
      };
    case "commit":
      return third
        ? { kind: "commit", repository, commit: third }
        : { kind: "unknown", path: pathname };
    case "branches":
      return { kind: "branches", repository };
    case "pullrequests":
      return { kind: "pull-requests", repository, state: query.get("_a") ?? "active" };
    case "pullrequestcreate":
      return {
        kind: "new-pull-request",
        repository,
        source: query.get("sourceRef") ?? undefined,
        target: query.get("targetRef") ?? undefined,
      };
    case "pullrequest":
      return positive(third)
        ? {
            kind: "pull-request",
            repository,
            id: Number(third),
            tab: query.get("_a") ?? "overview",
          }
        : { kind: "unknown", path: pathname };
    default:
      return { kind: "unknown", path: pathname };
  }
}

/** `GBmain`, as the service writes a branch into its addresses. */
export function versionOf(branch: string): string {
  return `GB${branch}`;
}

function branchOf(version: string | null): string | undefined {
  return version?.startsWith("GB") ? version.slice(2) : undefined;
}

function positive(text: string | null | undefined): boolean {
  return Number.isInteger(Number(text)) && Number(text) > 0;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
