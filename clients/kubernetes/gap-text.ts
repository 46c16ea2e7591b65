import { HttpError } from "../../core/errors.ts";

/** Why something is not known, for everybody in the organisation: no address of the cluster. */
export function gapText(what: string, error: unknown): string {
  const status = error instanceof HttpError ? error.status : 0;
  if (status === 403) return `${what} are not known: the connector may not read them`;
  if (status === 404) return `${what} are not known: the cluster has none`;
  return `${what} are not known: the cluster did not answer`;
}
