import { ApiFailure, badRequest } from "../api/api-failure.ts";
import type { Kind, Kinds } from "../api/kinds.ts";

export type Target = {
  readonly kind: Kind;
  readonly version: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
};

/** What a resource path points at. @throws ApiFailure 404 where nothing is served */
export function requestTarget(kinds: Kinds, path: string): Target {
  const steps = path.split("/").filter(Boolean).map(decodeURIComponent);
  const core = steps[0] === "api";
  if (!core && steps[0] !== "apis") throw noSuchPath();
  const [group = "", version = "", ...rest] = core ? ["", ...steps.slice(1)] : steps.slice(1);
  const inNamespace = rest[0] === "namespaces" && rest.length > 2 && !isOwnPart(rest[2] ?? "");
  const [plural = "", name, subresource, ...more] = inNamespace ? rest.slice(2) : rest;
  const kind = kinds.byPlural(group, version, plural);
  if (!kind || more.length > 0) throw noSuchPath();
  const namespace = inNamespace ? rest[1] : undefined;
  if (namespace && !kind.namespaced) throw badRequest("this kind has no namespace");
  return { kind, version, namespace, name, subresource };
}

function isOwnPart(step: string): boolean {
  return step === "status" || step === "finalize";
}

function noSuchPath(): ApiFailure {
  return new ApiFailure(404, "NotFound", {
    message: "the server could not find the requested resource",
  });
}
