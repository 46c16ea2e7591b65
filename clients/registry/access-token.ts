import { isSafeFor } from "../../core/images/registry-address.ts";
import { isRecord } from "../../core/manifests/parse.ts";
import type { Http } from "../http.ts";
import type { RegistryCredentials } from "./docker-credentials.ts";

type Wanted = {
  /** What the registry answered: where tokens are given, and for whom. */
  readonly challenge: Readonly<Record<string, string>>;
  readonly credentials: RegistryCredentials | undefined;
  readonly repository: string;
};

/**
 * A short-lived token that may read one repository; undefined where the registry's own token
 * address is not to be trusted with credentials, or refuses them.
 */
export async function fetchAccessToken(
  http: Http,
  { challenge, credentials, repository }: Wanted,
): Promise<string | undefined> {
  const { realm = "", service = "", scope = `repository:${repository}:pull` } = challenge;
  if (!isSafeFor(realm)) return undefined;
  const answers = [400, 401, 403, 404];
  const answer =
    credentials?.kind === "refresh"
      ? await http({
          ...{ method: "POST", url: realm, retry: true, answers },
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
          body: new URLSearchParams({
            ...{ grant_type: "refresh_token", client_id: "fluxgate", service, scope },
            refresh_token: credentials.token,
          }).toString(),
        })
      : await http({
          ...{ method: "GET", url: withQuery(realm, { service, scope }), answers },
          headers: credentials ? { Authorization: basicHeader(credentials) ?? "" } : {},
        });
  if (answers.includes(answer.status)) return undefined;
  const value = answer.json<unknown>();
  const token = isRecord(value) ? (value["token"] ?? value["access_token"]) : undefined;
  return typeof token === "string" && token !== "" ? token : undefined;
}

/** The header of a password; a refresh token has none. */
export function basicHeader(credentials: RegistryCredentials): string | undefined {
  if (credentials.kind !== "password") return undefined;
  const { user, password } = credentials;
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}
