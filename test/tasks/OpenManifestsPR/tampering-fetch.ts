/** What a test does to single calls of a client, by `METHOD resource` (`POST pullrequests`). */
export type Tampering = {
  /** Every call that was made. */
  readonly calls: string[];
  /** Answered in place of the service; a body may depend on the path that was asked. */
  readonly answers: Map<string, { readonly status: number; readonly body: unknown }>;
  /** What is sent in the place of a JSON body. */
  rewrite: (call: string, body: unknown) => unknown;
  /** Done before the call is sent: what others do in the meantime. */
  meanwhile: (call: string) => Promise<void>;
  /** How the network or the service fails it. */
  fault: (call: string, url: string) => Fault | undefined;
};

/** `lost`: it was carried out, and the answer did not arrive. */
export type Fault = "dropped" | "lost" | "busy" | "throttled";

export function tamperingFetch(): { readonly tampering: Tampering; readonly fetch: typeof fetch } {
  const tampering: Tampering = {
    calls: [],
    answers: new Map(),
    rewrite: (_call, body) => body,
    meanwhile: async () => {},
    fault: () => undefined,
  };
  return {
    tampering,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const call = `${init?.method} ${resourceOf(url.pathname)}`;
      tampering.calls.push(call);
      await tampering.meanwhile(call);
      const fault = tampering.fault(call, url.href);
      if (fault === "lost") await fetch(input, init);
      if (fault === "dropped" || fault === "lost") throw new TypeError("fetch failed");
      if (fault === "busy") return new Response("", { status: 503 });
      if (fault === "throttled") {
        return new Response("", { status: 429, headers: { "Retry-After": "0.01" } });
      }
      const answer = tampering.answers.get(call) ?? withoutPipelines.get(call);
      if (answer === undefined) {
        const { body } = init ?? {};
        const isJson = typeof body === "string";
        const sent = isJson ? JSON.stringify(tampering.rewrite(call, JSON.parse(body))) : body;
        return fetch(input, { ...init, ...(sent === undefined ? {} : { body: sent }) });
      }
      const { body } = answer;
      const said =
        typeof body === "function" ? (body as (path: string) => unknown)(url.pathname) : body;
      return new Response(JSON.stringify(said), { status: answer.status });
    },
  };
}

// The sandbox of these tests has no pipelines: its runs are gone as if by retention.
const withoutPipelines = new Map([
  ["GET builds", refusal(404, "BuildNotFoundException", "The requested build could not be found.")],
]);

// The resource is the last segment that is no id.
function resourceOf(path: string): string {
  const [, rest = ""] =
    /\/_apis\/(?:git\/repositories\/[^/]+|build|(?=identities))\/?(.*)$/.exec(path) ?? [];
  const [first = "", , last] = rest.toLowerCase().split("/");
  if (first === "builds" && last !== undefined) return `${last} of build`;
  return last ?? (first === "" ? "repository" : first);
}

/** A refusal in the service's form. */
export function refusal(status: number, typeKey: string, message: string) {
  return { status, body: { message, typeKey } };
}
