import type { IncomingHttpHeaders } from "node:http";
import type { Grant } from "./identity.ts";
import type { Organisation } from "./organisation.ts";
import type { GitProject, Projects } from "./repository.ts";

/** One call of the REST interface as a route sees it. */
export type Call = {
  readonly organisation: Organisation;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  /** Names in lower case: the service does not tell cases apart. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly rawBody: Buffer;
  readonly grant: Grant;
  readonly accept: string;
  readonly headers: IncomingHttpHeaders;
};

export type Answer = {
  readonly status?: number;
  readonly json?: unknown;
  readonly content?: { readonly type: string; readonly bytes: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
};

/** Names by their numbers, or what is below a property. */
export type EnumShape = {
  readonly [property: string]: readonly (string | undefined)[] | EnumShape | undefined;
};

/**
 * A resource of the service: `template` is its route template below the organisation (area and
 * resource written out), `{name?}` marks a part that may be missing, `{*path}` takes the rest.
 */
export type Route = {
  readonly area: string;
  readonly resource: string;
  /** Location id, as `OPTIONS _apis` answers it. */
  readonly id: string;
  readonly template: string;
  readonly methods: Readonly<Record<string, (call: Call) => Promise<Answer> | Answer>>;
  /** Newest version that is no preview; "0.0" when there is none. Default 7.1. */
  readonly releasedVersion?: string;
  /** Default 1.0 and 7.2. */
  readonly minVersion?: string;
  readonly maxVersion?: string;
  readonly resourceVersion?: number;
  /** Of the service since that table was recorded: azure-devops-extension-api 5.276 asks for it. */
  readonly newestRevision?: number;
  /** Which properties of its answers are enums, for clients that want their numbers. */
  readonly enums?: EnumShape;
  /** The template as the service tells it, where it cannot be made from `template`. */
  readonly location?: string;
};

export type CompiledRoute = Route & { readonly pattern: RegExp; readonly names: readonly string[] };

export function compileRoute(route: Route): CompiledRoute {
  const names: string[] = [];
  const source = route.template
    .split("/")
    .map((part) => {
      const parameter = /^\{(\*?)(\w+)(\??)\}$/.exec(part);
      if (!parameter) return `/${part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`;
      const [, rest, name = "", optional] = parameter;
      names.push(name);
      if (rest) return "(?:/(.*))?";
      return optional ? "(?:/([^/]+))?" : "/([^/]+)";
    })
    .join("");
  return { ...route, names, pattern: new RegExp(`^${source}/?$`, "i") };
}

export function matchRoute(
  route: CompiledRoute,
  path: string,
): Readonly<Record<string, string>> | undefined {
  const match = route.pattern.exec(path);
  if (!match) return undefined;
  const params: Record<string, string> = {};
  route.names.forEach((name, index) => {
    const value = match[index + 1];
    if (value !== undefined) params[name] = decodeURIComponent(value);
  });
  return params;
}

/** The wrapper of every list. */
export function listOf(value: readonly unknown[]): Answer {
  return { json: { count: value.length, value } };
}

export function findProject(organisation: Projects, nameOrId: string): GitProject | undefined {
  const wanted = nameOrId.toLowerCase();
  return organisation.projects.find(
    ({ id, name }) => id === wanted || name.toLowerCase() === wanted,
  );
}
