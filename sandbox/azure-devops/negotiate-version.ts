import { ApiError } from "./api-error.ts";
import type { Route } from "./route.ts";

const newest = 7.2;

/**
 * The version that a call asks for, from `api-version=` or the Accept header; what was not
 * released yet needs `-preview`. Absent is allowed only for GET, as the documents say.
 * @throws ApiError as the service refuses: no version on a write, a released version of a preview
 * resource, one that is too new, or one that this route never had.
 */
export function negotiateVersion(
  route: Route,
  asked: { readonly query: string | undefined; readonly accept: string; readonly method: string },
): string {
  const text = asked.query ?? /api-version=([^;,\s]+)/i.exec(asked.accept)?.[1];
  const released = route.releasedVersion ?? "7.1";
  if (text === undefined) {
    if (asked.method === "GET" || route.area === "sandbox")
      return released === "0.0" ? "7.2-preview" : released;
    throw new ApiError(
      400,
      "VssVersionNotSpecifiedException",
      `No api-version was supplied for the "${asked.method}" request. The version must be supplied either as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`,
    );
  }
  const [, digits = "", preview, revision] =
    /^(\d+(?:\.\d+)?)(-preview(?:\.(\d+))?)?$/i.exec(text) ?? [];
  const version = Number(digits);
  if (digits === "" || version > newest) {
    throw outOfRange(
      `The requested REST API version of ${text} is out of range for this server. The latest REST API version this server supports is ${newest}.`,
    );
  }
  if (preview === undefined && version > Number(released)) {
    throw new ApiError(
      400,
      "VssInvalidPreviewVersionException",
      `The requested version "${text}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: "${text}-preview"`,
    );
  }
  const { minVersion = "1.0", maxVersion = "7.2" } = route;
  const newestRevision = route.newestRevision ?? route.resourceVersion;
  const tooNew = newestRevision !== undefined && Number(revision ?? 0) > newestRevision;
  if (version < Number(minVersion) || version > Number(maxVersion) || tooNew) {
    throw outOfRange(
      `The request matched route ${route.template}, but the requested REST API version ${text} was outside the valid version range for this route.`,
    );
  }
  return text;
}

function outOfRange(message: string): ApiError {
  return new ApiError(400, "VssVersionOutOfRangeException", message);
}
