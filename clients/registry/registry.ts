// The part of the OCI distribution API that says whether a tag stands in a registry, and what its
// digest is: https://github.com/opencontainers/distribution-spec, https://distribution.github.io
// (token authentication).
import { causeText, FluxgateError, TerminalError } from "../../core/errors.ts";
import {
  bearerChallenge,
  imageAddress,
  isSafeFor,
  registryUrl,
} from "../../core/images/registry-address.ts";
import { isRecord } from "../../core/manifests/parse.ts";
import type { RegistryAnswer } from "../../core/images/tagged-image.ts";
import type { Http, HttpResponse } from "../http.ts";
import { sha256 } from "../sha256.ts";
import { fetchAccessToken, basicHeader } from "./access-token.ts";
import type { FindCredentials } from "./docker-credentials.ts";

export type Registries = {
  readonly http: Http;
  readonly credentials: FindCredentials;
  /** Registries that are reached by another address, by host. */
  readonly addresses: ReadonlyMap<string, string>;
};

const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");
const redirects = [301, 302, 303, 307, 308];
const answers = [...redirects, 401, 403, 404];
const digestForm = /^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;

/** Whether `name:tag` stands in its registry; what cannot be told is `unknown` with its reason. */
export async function lookUpImage(
  registries: Registries,
  { name, tag }: { readonly name: string; readonly tag: string },
): Promise<RegistryAnswer> {
  try {
    const { host, repository } = imageAddress(name);
    const url = `${registryUrl(host, registries.addresses)}/v2/${repository}/manifests/${tag}`;
    const head = await signIn(registries, { host, repository, url, method: "HEAD" });
    if (head.status === 404) return { kind: "absent" };
    if (head.status === 401 || head.status === 403) return { kind: "unknown", why: refused(host) };
    const digest = head.headers.get("docker-content-digest") ?? "";
    if (digestForm.test(digest)) return { kind: "there", digest };
    const whole = await signIn(registries, { host, repository, url, method: "GET" });
    if (whole.status === 404) return { kind: "absent" };
    if (whole.status !== 200) return { kind: "unknown", why: refused(host) };
    // Pages of a login or a proxy come with status 200 as well, whatever was asked.
    if (!isManifest(whole)) return { kind: "unknown", why: `${host} answered no image manifest` };
    return { kind: "there", digest: `sha256:${sha256(whole.bytes())}` };
  } catch (error) {
    if (!(error instanceof FluxgateError)) throw error;
    return { kind: "unknown", why: causeText(error) };
  }
}

function isManifest(answer: HttpResponse): boolean {
  try {
    return isRecord(answer.json<unknown>());
  } catch {
    return false;
  }
}

type Asked = {
  readonly host: string;
  readonly repository: string;
  readonly url: string;
  readonly method: "HEAD" | "GET";
};

async function signIn(registries: Registries, asked: Asked): Promise<HttpResponse> {
  const first = await request(registries.http, asked, undefined);
  if (first.status !== 401) return first;
  const found = await registries.credentials(asked.host);
  // What somebody logged in with must not go over a network in the clear.
  const credentials = isSafeFor(asked.url) ? found : undefined;
  const challenge = bearerChallenge(first.headers.get("www-authenticate") ?? "");
  if (challenge === undefined) {
    const header = credentials && basicHeader(credentials);
    return header === undefined ? first : request(registries.http, asked, header);
  }
  const { repository } = asked;
  const token = await fetchAccessToken(registries.http, { challenge, credentials, repository });
  return token === undefined ? first : request(registries.http, asked, `Bearer ${token}`);
}

async function request(
  http: Http,
  { url, method }: Asked,
  authorization: string | undefined,
): Promise<HttpResponse> {
  const headers = { Accept: manifestTypes };
  const signed =
    authorization === undefined ? headers : { ...headers, Authorization: authorization };
  let answer = await http({ method, url, headers: signed, answers });
  // Some registries keep manifests elsewhere; what is sent on holds no credentials.
  for (let hops = 0; redirects.includes(answer.status) && hops < 3; hops++) {
    const target = new URL(answer.headers.get("location") ?? "", url).href;
    if (!isSafeFor(target)) throw leadsAway(url);
    answer = await http({ method, url: target, headers, answers });
  }
  if (redirects.includes(answer.status)) throw leadsAway(url);
  return answer;
}

function leadsAway(url: string): TerminalError {
  return new TerminalError(
    `Failed to follow ${new URL(url).host}: it leads on and on, or to http`,
    {
      code: "registry-redirect",
    },
  );
}

function refused(host: string): string {
  return `${host} refuses to say (log in to it before this step)`;
}
