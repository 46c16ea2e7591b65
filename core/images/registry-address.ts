/** Where an image is asked for: the registry's host and the repository in it. */
export type ImageAddress = {
  /** As image names spell it; the key of its credentials. */
  readonly host: string;
  readonly repository: string;
};

/** Docker's own reading of names: without a host it is Docker Hub's. */
export function imageAddress(name: string): ImageAddress {
  const [first = "", ...rest] = name.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  if (isHost && first !== "docker.io") return { host: first, repository: rest.join("/") };
  const repository = isHost ? rest.join("/") : name;
  const isOfficial = !repository.includes("/");
  return { host: "docker.io", repository: isOfficial ? `library/${repository}` : repository };
}

/** The address of a registry's API, no slash at the end. */
export function registryUrl(host: string, given: ReadonlyMap<string, string>): string {
  const other = given.get(host) ?? given.get("*");
  if (other !== undefined) return other.replace(/\/+$/, "");
  if (host === "docker.io") return "https://registry-1.docker.io";
  return `${isLoopback(`http://${host}`) ? "http" : "https"}://${host}`;
}

/** Whether credentials may go there: encrypted, or not over a network at all. */
export function isSafeFor(url: string): boolean {
  return /^https:\/\//i.test(url) || isLoopback(url);
}

function isLoopback(url: string): boolean {
  return /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/i.test(url);
}

/**
 * `registry.fabrikam.com=http://localhost:5000`, separated by commas or lines: registries that the
 * agents reach by another address, `*` for all that are not named. What cannot be read is in
 * `problems`.
 */
export function parseRegistryAddresses(text: string): {
  readonly addresses: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
} {
  const addresses = new Map<string, string>();
  const problems: string[] = [];
  for (const entry of text.split(/[,\n]/).map((each) => each.trim())) {
    if (entry === "") continue;
    const [, host = "", url = ""] = /^([^=\s]+)=(https?:\/\/[^\s]+)$/.exec(entry) ?? [];
    if (host === "") problems.push(`"${entry}" is not of the form registry=https://address`);
    else if (!isSafeFor(url)) problems.push(`${url} is not encrypted: use https`);
    else addresses.set(host, url);
  }
  return { addresses, problems };
}

/** The parts of `WWW-Authenticate: Bearer realm="…",service="…",scope="…"`. */
export function bearerChallenge(header: string): Readonly<Record<string, string>> | undefined {
  if (!/^bearer\s/i.test(header)) return undefined;
  return Object.fromEntries(
    [...header.matchAll(/([a-z_]+)="([^"]*)"/gi)].map(([, key = "", value = ""]) => [
      key.toLowerCase(),
      value,
    ]),
  );
}
