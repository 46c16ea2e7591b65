import { ApiError } from "./api-error.ts";
import type { Route } from "./route.ts";

const newest = 7.2;

/**
 * The version that a call asks for, from `api-version=` or the Accept header; a preview-only
 * resource needs `-preview`. Absent is allowed only for GET and OPTIONS, as the documents say.
 * @throws ApiError as the service refuses: no version on a write, a released version of a preview
 * resource, or one that is too new.
 */
export function negotiateVersion(
  route: Route,
  asked: { readonly query: string | undefined; readonly accept: string; readonly method: string },
): string {
  const text = asked.query ?? /api-version=([^;,\s]+)/i.exec(asked.accept)?.[1];
  const released = route.releasedVersion ?? "7.1";
  if (text === undefined) {
    if (asked.method === "GET") return released === "0.0" ? "7.2-preview" : released;
    throw new ApiError(
      400,
      "VssVersionNotSpecifiedException",
      `No api-version was supplied for the "${asked.method}" request. The version must be supplied either as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`,
    );
  }
  const [, number = "", preview] = /^(\d+\.\d+)(-preview(?:\.\d+)?)?$/.exec(text) ?? [];
  if (number === "" || Number(number) > newest) {
    throw new ApiError(
      400,
      "VssVersionOutOfRangeException",
      `The requested REST API version of ${text} is out of range for this server. The latest REST API version this server supports is ${newest}.`,
    );
  }
  if (released === "0.0" && preview === undefined) {
    throw new ApiError(
      400,
      "VssInvalidPreviewVersionException",
      `The requested version "${text}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: "${text}-preview"`,
    );
  }
  return text;
}
