import type { ServerResponse } from "node:http";
import { type ApiError, errorBody } from "./api-error.ts";

export function sendError(response: ServerResponse, error: ApiError): void {
  response.writeHead(error.status, {
    "Content-Type": "application/json; charset=utf-8",
    "X-TFS-ServiceError": encodeURIComponent(error.message),
  });
  response.end(JSON.stringify(errorBody(error)));
}
