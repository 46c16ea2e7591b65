import type { ServerResponse } from "node:http";
import { type ApiError, errorBody } from "./api-error.ts";

/** As recorded: no api-version, and no header that repeats the message. */
export function sendError(response: ServerResponse, error: ApiError): void {
  response.writeHead(error.status, { "Content-Type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(errorBody(error)));
}
