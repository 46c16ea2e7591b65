import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, errorBody } from "./api-error.ts";
import { authenticateRequest } from "./authenticate.ts";
import { allowOrigin } from "./cors.ts";
import { concerns, takeFault, throttlingHeaders } from "./faults.ts";
import { isRelay, passOn } from "./relay.ts";
import { handleRest } from "./rest.ts";
import { handleGit, isGitPath } from "./git/git-requests.ts";
import type { CompiledRoute } from "./route.ts";
import { sendError } from "./send-error.ts";
import type { Organisation } from "./organisation.ts";

export type Pages = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export type ServerOptions = {
  /** Asked anew for each request: `reset()` replaces the organisation. */
  readonly organisation: () => Organisation;
  readonly routes: readonly CompiledRoute[];
  /** Web pages: asked first for what is neither REST nor git. */
  readonly pages?: Pages;
  readonly port: number;
};

export type RunningServer = { readonly port: number; readonly close: () => Promise<void> };

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = createServer((request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
      const message = error instanceof Error ? error.message : String(error);
      const said = `The sandbox failed on ${request.method} ${request.url}: ${message}`;
      sendError(response, new ApiError(500, "SandboxDefect", said));
    });
  });
  server.keepAliveTimeout = 60_000;
  await listen(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const organisation = options.organisation();
  // Whoever compares times with the service's must see its clock, not this machine's.
  response.setHeader("Date", organisation.clock.now().toUTCString());
  const url = new URL(request.url ?? "/", "http://sandbox");
  if (!isReadable(url)) {
    const said = "A potentially dangerous Request.Path value was detected from the client.";
    return sendError(response, new ApiError(400, "HttpException", said));
  }
  const isGit = isGitPath(url.pathname);
  const isRest = /\/_apis(\/|$)/i.test(url.pathname) || request.method === "OPTIONS";
  if (!isGit && !isRest && (await options.pages?.(request, response))) return;
  if (allowOrigin(request, response)) return;
  if (isRelay(url.pathname)) return passOn(organisation, { request, response, url });
  const asked = { path: url.pathname, method: request.method ?? "GET" };
  // The portal's own pages stay usable while faults are on: they are where they are switched off.
  const isPortal = request.headers["x-sandbox-portal"] === "own";
  if (!isPortal && (await spoil(organisation, asked, response))) return;

  const grant = authenticateRequest(organisation, request);
  if (!grant) return sendUnauthorized(request, response);
  if (isGit) return handleGit(organisation, { request, response, grant, url });
  return handleRest(options.routes, { organisation, request, response, grant, url });
}

// No path has a null character, nor half of an escape.
function isReadable({ pathname, search }: URL): boolean {
  try {
    return !`${decodeURIComponent(pathname)}${search}`.replaceAll("%00", "\0").includes("\0");
  } catch {
    return false;
  }
}

// True when a fault has taken the request.
async function spoil(
  organisation: Organisation,
  request: { readonly path: string; readonly method: string },
  response: ServerResponse,
): Promise<boolean> {
  const { faults, clock } = organisation;
  if (faults.slowMs > 0 && concerns(faults, request)) {
    await new Promise((resume) => setTimeout(resume, faults.slowMs));
  }
  switch (takeFault(faults, request)) {
    case undefined:
      return false;
    case "delay":
      addHeaders(response, throttlingHeaders(faults.delay.retryAfterSeconds, clock.now()));
      return false;
    case "drop":
      response.destroy();
      return true;
    case "throttle":
      addHeaders(response, throttlingHeaders(faults.throttle.retryAfterSeconds, clock.now()));
      sendError(
        response,
        new ApiError(
          429,
          "RequestBlockedException",
          "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'.",
        ),
      );
      return true;
    case "unavailable":
      sendStopped(response, organisation.name);
      return true;
  }
}

function addHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

// As recorded, with a byte order mark and the message a second time in a header.
function sendStopped(response: ServerResponse, name: string): void {
  const message = `TF24668: The following team project collection is stopped: ${name}. Start the collection and then try again.`;
  response.writeHead(503, {
    "Content-Type": "application/json",
    "X-TFS-ServiceError": encodeURIComponent(message),
  });
  const refusal = new ApiError(503, "VssServiceException", message);
  response.end(`\uFEFF${JSON.stringify(errorBody(refusal))}`);
}

// Without the header the service sends a browser's sign-in page with 203 instead of 401.
function sendUnauthorized(request: IncomingMessage, response: ServerResponse): void {
  const suppressed = request.headers["x-tfs-fedauthredirect"] === "Suppress";
  const fromGit = /git\//.test(request.headers["user-agent"] ?? "");
  const hadToken = request.headers.authorization !== undefined;
  if (hadToken && !suppressed && !fromGit && ["GET", "POST"].includes(request.method ?? "")) {
    response.writeHead(203, { "Content-Type": "text/html; charset=utf-8" });
    response.end("<!DOCTYPE html><html><head><title>Azure DevOps Services | Sign In</title>");
    return;
  }
  // As recorded: no body, and no type of one.
  response.writeHead(401, { "WWW-Authenticate": 'Basic realm="http://sandbox/"' });
  response.end();
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}
