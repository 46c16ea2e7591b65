import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Lets pages of other origins call, as the service does: extensions run on an origin of their own
 * and send their token in a header. True when the request was only the browser's question.
 */
export function allowOrigin(request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Vary", "Origin");
  response.setHeader(
    "Access-Control-Expose-Headers",
    "x-ms-continuationtoken,Retry-After,ActivityId,X-TFS-ProcessId",
  );
  const wanted = request.headers["access-control-request-method"];
  if (request.method !== "OPTIONS" || wanted === undefined) return false;
  response.writeHead(200, {
    "Access-Control-Allow-Methods": "OPTIONS,GET,POST,PATCH,PUT,DELETE",
    "Access-Control-Allow-Headers": request.headers["access-control-request-headers"] ?? "",
    "Access-Control-Max-Age": "3600",
  });
  response.end();
  return true;
}
