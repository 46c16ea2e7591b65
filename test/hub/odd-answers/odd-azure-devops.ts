// Azure DevOps as a page of the hub meets it: every answer is that of the sandbox, but for one call that
// is answered oddly. What was answered once is kept, so that thousands of looks cost no requests.
import { type AzureDevOps, connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";

type Kept = { readonly status: number; readonly headers: Headers; readonly body: Uint8Array };

const json = { "Content-Type": "application/json" };
const refusal = (status: number, more: Readonly<Record<string, string>> = {}) => ({
  status,
  headers: new Headers({ ...json, ...more }),
  body: new TextEncoder().encode(
    JSON.stringify({ message: "TF400813: odd", typeKey: "OddException" }),
  ),
});
const page = (status: number, text: string, type = "application/json") => ({
  status,
  headers: new Headers({ "Content-Type": type }),
  body: new TextEncoder().encode(text),
});

/** One way each in which a call may be answered; undefined: the connection is dropped. */
export const oddAnswers: Readonly<Record<string, (kept: Kept) => Kept | undefined>> = {
  "404": () => refusal(404),
  "403": () => refusal(403),
  "401": () => refusal(401),
  "429": () => refusal(429, { "Retry-After": "1" }),
  "500": () => page(500, ""),
  empty: () => page(200, ""),
  cut: ({ status, headers, body }) => ({ status, headers, body: body.slice(0, body.length / 2) }),
  "an object": () => page(200, "{}"),
  "an array": () => page(200, "[]"),
  null: () => page(200, "null"),
  "a sign-in page": () => page(203, "<html>Sign in</html>", "text/html"),
  dropped: () => undefined,
};

export type Order = {
  /** Name of the call. */
  readonly call: string;
  readonly odd: (kept: Kept) => Kept | undefined;
  /** The first such request alone, or all of them. */
  readonly once: boolean;
};

/** @param token of who looks */
export function oddAzureDevOps({
  organisationUrl,
  token,
}: {
  organisationUrl: string;
  token: string;
}) {
  const kept = new Map<string, Kept>();
  let order: Order | undefined;
  let requests = 0;
  const calls = new Set<string>();
  const answer = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    // As our own HTTP client asks: texts, all of them.
    const [address, body] = [input, init.body ?? ""] as readonly string[];
    if (address === undefined) throw new Error("no address");
    const name = nameOf(init.method ?? "GET", address);
    calls.add(name);
    requests += 1;
    const key = JSON.stringify([init.method, address, body]);
    const known = kept.get(key) ?? (await keep(key, address, init));
    const isOdd = order?.call === name;
    const said = isOdd ? order?.odd(known) : known;
    if (isOdd && order?.once === true) order = undefined;
    if (said === undefined) throw new TypeError("fetch failed");
    return new Response(said.status === 204 ? null : said.body.slice(), said);
  };
  async function keep(key: string, input: string, init: RequestInit): Promise<Kept> {
    const answer = await fetch(input, init);
    // The body is no longer as it was sent.
    const headers = [...answer.headers].filter(([name]) => !name.startsWith("content-en"));
    const body = new Uint8Array(await answer.arrayBuffer());
    const one = { status: answer.status, headers: new Headers(headers), body };
    kept.set(key, one);
    return one;
  }
  return {
    /** A page that has just been opened: it remembers nothing. */
    connect: (): AzureDevOps => {
      requests = 0;
      return connectAzureDevOps({
        ...{ organisationUrl, token: async () => token, kind: "pat" },
        fetch: answer,
        sleep: async () => undefined,
      });
    },
    give: (next: Order | undefined) => {
      order = next;
    },
    forget: () => calls.clear(),
    /** Of all looks since they were forgotten. */
    calls: (): readonly string[] => [...calls].sort(),
    /** Of the page that was opened last. */
    requests: () => requests,
  };
}

const telling = ["path", "scopePath", "filter", "searchCriteria.status", "searchCriteria.itemPath"];

/** `GET git/repositories/{}/refs heads/main`: one name for all requests of one purpose. */
function nameOf(method: string, address: string): string {
  const { pathname, searchParams } = new URL(address);
  const route = decodeURIComponent(pathname.replace(/^.*?\/_apis\//, ""));
  const general = route.replaceAll(
    /\/([0-9a-f]{40}|[0-9a-f]{8}-[0-9a-f-]{27}|\d+)(?=\/|$)/g,
    "/{}",
  );
  const more = telling.flatMap((name) => searchParams.get(name) ?? []);
  return [method, general, ...more].join(" ");
}
