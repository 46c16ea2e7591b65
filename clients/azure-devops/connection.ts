import { HttpError, InputError, TerminalError } from "../../core/errors.ts";
import { createHttp, type Http, type HttpOptions, type HttpRequest } from "../http.ts";
import { createHostClock } from "../host-clock.ts";
import { monotonicNow } from "../monotonic.ts";
import { hearLimit, heldBack, unlimited, type Priority } from "./rate-limit.ts";

/** One organisation, seen as one identity. All functions of this folder take it first. */
export type AzureDevOps = {
  /** `https://dev.azure.com/fabrikam`, no slash at the end. */
  readonly organisationUrl: string;
  readonly http: Http;
  /** The organisation's own time, ms since 1970: what its times are compared with. */
  readonly now: () => number;
  /**
   * Why a call of this priority is to be left out for the moment: the service throttles this identity.
   * Absent: nothing is known of that.
   */
  readonly heldBack?: (priority: Priority) => string | undefined;
};

/** Names or GUIDs. */
export type RepositoryRef = { readonly project: string; readonly repository: string };

export type ConnectOptions = Omit<HttpOptions, "authorization" | "onAnswer"> & {
  readonly organisationUrl: string;
  /** Asked for before every call: a provider that caches and renews. */
  readonly token: () => Promise<string>;
  /** Default `bearer`: Entra ID and job tokens. Personal access tokens are `pat`. */
  readonly kind?: "pat" | "bearer";
};

export function connectAzureDevOps(options: ConnectOptions): AzureDevOps {
  const { organisationUrl, token, kind = "bearer", ...http } = options;
  const clock = createHostClock();
  let limit = unlimited;
  return {
    organisationUrl: organisationUrl.replace(/\/+$/, ""),
    now: clock.now,
    heldBack: (priority) => heldBack(limit, priority, monotonicNow()),
    http: createHttp({
      ...http,
      onAnswer: (headers) => {
        clock.hear(headers);
        limit = hearLimit(limit, headers, { now: monotonicNow(), hostNow: clock.now() });
      },
      authorization: async () => authorizationHeader(await token(), kind),
    }),
  };
}

/** Also what git sends: the service takes the same header on its git addresses. */
export function authorizationHeader(token: string, kind: "pat" | "bearer"): string {
  return kind === "bearer" ? `Bearer ${token}` : `Basic ${btoa(`:${token}`)}`;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type Call = Omit<HttpRequest, "url" | "method"> & {
  readonly method?: HttpRequest["method"];
  /** Absent for calls of the whole organisation. */
  readonly project?: string;
  /** Segments after `_apis`, not encoded. */
  readonly path: readonly (string | number)[];
  readonly query?: Query;
  /** Default 7.1. */
  readonly apiVersion?: string;
  /** Default: the organisation's own address. */
  readonly baseUrl?: string;
};

/** Calls one route; see {@link Http} for what it throws. */
export function call(ado: AzureDevOps, request: Call) {
  const { method = "GET", project, path, query, apiVersion = "7.1", baseUrl, ...rest } = request;
  const segments = [...(project === undefined ? [] : [project]), "_apis", ...path];
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) search.set(name, String(value));
  }
  search.set("api-version", apiVersion);
  const address = segments.map(encodedSegment).join("/");
  return ado.http({
    ...rest,
    method,
    url: `${baseUrl ?? ado.organisationUrl}/${address}?${search.toString()}`,
    // Without it an expired token answers with the sign-in page instead of 401.
    headers: { "X-TFS-FedAuthRedirect": "Suppress", ...rest.headers },
  });
}

function encodedSegment(segment: string | number): string {
  // An address is normalised even where these are encoded, so they would name another route.
  if (segment === "." || segment === ".." || segment === "") {
    throw new InputError([{ message: `"${segment}" is not a name in Azure DevOps` }]);
  }
  return encodeURIComponent(segment);
}

export async function get<T>(ado: AzureDevOps, request: Call): Promise<T> {
  return (await call(ado, request)).json<T>();
}

/** Of lists that grow with what somebody has: files of a repository, clusters of an organisation. */
export const largestList = 64 * 1024 * 1024;

/**
 * Lists are wrapped: `{count, value}`. @throws HttpError for any other document: that something else
 * was answered does not mean that there is nothing.
 */
export async function list<T>(ado: AzureDevOps, request: Call): Promise<readonly T[]> {
  return listIn<T>(request, await get<unknown>(ado, request));
}

/** The entries of a list's document. @throws HttpError when it is no list. */
export function listIn<T>({ path }: Pick<Call, "path">, document: unknown): readonly T[] {
  const { value } = (document ?? {}) as { readonly value?: unknown };
  if (Array.isArray(value)) return value as readonly T[];
  throw oddAnswer(`the list of ${path.join("/")} is no list`);
}

/** An answer that is no refusal, and nothing that could be used: it is asked for again. */
export function oddAnswer(what: string): HttpError {
  const hint = "Look at what answers in its place: a proxy, or a sign-in page.";
  return new HttpError(`Failed to read the answer: ${what}`, {
    code: "odd-answer",
    status: 200,
    hint,
  });
}

/** The pages of a list with a continuation token; each is asked for when it is wanted. */
export async function* pagesOf<T>(
  ado: AzureDevOps,
  request: Call,
): AsyncGenerator<readonly T[], void> {
  let continuationToken: string | undefined;
  do {
    const query = { ...request.query, continuationToken };
    const answer = await call(ado, { ...request, query });
    yield listIn<T>(request, answer.json());
    continuationToken = answer.headers.get("x-ms-continuationtoken") ?? undefined;
  } while (continuationToken !== undefined);
}

/**
 * All pages of a list with `$top` and `$skip`. @throws TerminalError for one that is longer than any
 * that is known, which bounds what a hostile one can cost: a part of it would pass for all.
 */
export async function listAll<T>(
  ado: AzureDevOps,
  request: Call,
  names: { readonly top: string; readonly skip: string; readonly size: number },
): Promise<readonly T[]> {
  const all: T[] = [];
  const limit = 100 * names.size;
  while (all.length < limit) {
    const paging = { [names.top]: names.size, [names.skip]: all.length };
    const page = await list<T>(ado, { ...request, query: { ...request.query, ...paging } });
    all.push(...page);
    if (page.length < names.size) return all;
  }
  throw tooLong(request, limit);
}

/** A list that was not read to its end. */
export function tooLong({ path }: Pick<Call, "path">, limit: number): TerminalError {
  return new TerminalError(`Failed to read the list of ${path.join("/")}: it has no end`, {
    code: "list-too-long",
    hint: `More than ${limit} entries are not read.`,
  });
}

/** Where absence is an answer: 404, of the given kinds only if any are named, gives undefined. */
export async function takeOrAbsent<T>(
  answer: Promise<T>,
  codes?: readonly string[],
): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const absent = error instanceof HttpError && error.status === 404;
    if (absent && (codes === undefined || codes.includes(error.code))) return undefined;
    throw error;
  }
}

/** Path segments of a repository's REST resources. */
export function git(repo: RepositoryRef, ...rest: readonly (string | number)[]) {
  return { project: repo.project, path: ["git", "repositories", repo.repository, ...rest] };
}

/** Files are named without a leading slash here, with one by the service. */
export function withoutSlash(path: string): string {
  return path.replace(/^\/+/, "");
}
