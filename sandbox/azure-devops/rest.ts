import type { IncomingMessage, ServerResponse } from "node:http";
import { readFlags, writeJson } from "./accept-flags.ts";
import { ApiError } from "./api-error.ts";
import { nameAbsent } from "./door/name-absent.ts";
import { describeLocations } from "./locations.ts";
import { negotiateVersion } from "./negotiate-version.ts";
import { misread, parseBody, readBody } from "./read-body.ts";
import { matchRoute, type Answer, type Call, type CompiledRoute } from "./route.ts";
import { sendError } from "./send-error.ts";
import type { Grant } from "./identity.ts";
import type { Organisation } from "./organisation.ts";

const verbs: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

type RestRequest = {
  readonly organisation: Organisation;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly grant: Grant;
  readonly url: URL;
};

/** Finds the route, checks version and method, runs it, writes the answer or the refusal. */
export async function handleRest(routes: readonly CompiledRoute[], at: RestRequest): Promise<void> {
  const { organisation, request, response, url } = at;
  const method = request.method ?? "GET";
  const path = withoutOrganisation(organisation, url.pathname);
  if (path === undefined) {
    return sendError(response, new ApiError(404, "HostNotFound", "The organisation is not here."));
  }
  if (method === "OPTIONS") return sendPlain(response, describeLocations(routes, path));
  for (const route of routes) {
    const params = matchRoute(route, path);
    const handler = params && route.methods[method];
    if (!handler) continue;
    let rawBody: Buffer = Buffer.alloc(0);
    try {
      const query = lowerCaseQuery(url.searchParams);
      const accept = request.headers.accept ?? "";
      const version = negotiateVersion(route, { query: query["api-version"], accept, method });
      rawBody = await readBody(request);
      const call: Call = {
        organisation,
        method,
        params,
        query,
        rawBody,
        body: parseBody(rawBody, request.headers["content-type"] ?? "", route),
        grant: at.grant,
        accept,
        headers: request.headers,
      };
      return send(response, await handler(call), { version, accept, route });
    } catch (error) {
      const refusal = error instanceof ApiError ? error : misread(error, rawBody);
      if (refusal) return sendError(response, refusal);
      throw error;
    }
  }
  if (!verbs.includes(method) && routes.some((route) => matchRoute(route, path))) {
    return sendUnsupported(response, method);
  }
  organisation.unhandled.push(`${method} ${path}`);
  sendError(
    response,
    new ApiError(
      501,
      "SandboxNotImplemented",
      `The sandbox has no ${method} ${path}${named(path)}. Add the route under sandbox/azure-devops/areas or sandbox/pipelines/areas.`,
    ),
  );
}

// In the form of the framework behind the service, not in the service's own.
function sendUnsupported(response: ServerResponse, method: string): void {
  response.writeHead(405, { "Content-Type": "application/json; charset=utf-8" });
  const Message = `The requested resource does not support http method '${method}'.`;
  response.end(JSON.stringify({ count: 1, value: { Message } }));
}

function named(path: string): string {
  const name = nameAbsent(path);
  return name === undefined ? "" : ` (${name} of the service)`;
}

function sendPlain(response: ServerResponse, { json }: Answer): void {
  response.writeHead(200, { "Content-Type": "application/json; charset=utf-8; api-version=7.1" });
  response.end(JSON.stringify(json));
}

function send(
  response: ServerResponse,
  answer: Answer,
  how: { readonly version: string; readonly accept: string; readonly route: CompiledRoute },
): void {
  const { version, accept, route } = how;
  const status = answer.status ?? (answer.json === undefined && !answer.content ? 204 : 200);
  if (answer.content) {
    response.writeHead(status, { "Content-Type": answer.content.type, ...answer.headers });
    response.end(answer.content.bytes);
    return;
  }
  response.writeHead(status, {
    ...(answer.json === undefined
      ? {}
      : { "Content-Type": `application/json; charset=utf-8; api-version=${version}` }),
    ...answer.headers,
  });
  response.end(
    answer.json === undefined ? undefined : writeJson(answer.json, readFlags(accept), route),
  );
}

function withoutOrganisation(organisation: Organisation, path: string): string | undefined {
  const prefix = `/${organisation.name.toLowerCase()}`;
  const lower = path.toLowerCase();
  if (lower !== prefix && !lower.startsWith(`${prefix}/`)) return undefined;
  return path.slice(prefix.length);
}

function lowerCaseQuery(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...search].map(([name, value]) => [name.toLowerCase(), value]));
}
