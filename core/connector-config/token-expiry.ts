import { numberAt } from "../flux/read-json.ts";

const dayMs = 24 * 60 * 60 * 1000;
const warnedDays = 14;

/**
 * When a token expires, ms since 1970: by itself where it is a JSON Web Token, else as the
 * configuration says. Undefined: nobody knows.
 */
export function tokenExpiry(token: string, configured: string | undefined): number | undefined {
  const [, payload = ""] = token.split(".");
  try {
    const text = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
    const seconds = numberAt(JSON.parse(text), "exp");
    if (seconds !== undefined) return seconds * 1000;
  } catch {
    // A personal access token holds nothing that can be read.
  }
  const date = Date.parse(configured ?? "");
  return Number.isNaN(date) ? undefined : date;
}

/** A warning while it is less than two weeks; undefined before. */
export function expiryWarning(expires: number, now: number): string | undefined {
  const days = Math.floor((expires - now) / dayMs);
  if (days >= warnedDays) return undefined;
  const day = new Date(expires).toISOString().slice(0, 10);
  if (expires <= now) return `The token has expired on ${day}, as far as is known`;
  return `The token expires on ${day}, in ${days} days: give the connector another one`;
}
