/** What a test does to single calls of a client, by `METHOD resource` (`POST pullrequests`). */
export type Tampering = {
  /** Every call that was made. */
  readonly calls: string[];
  /** Answered in place of the service. */
  readonly answers: Map<string, { readonly status: number; readonly body: unknown }>;
  /** Done before the call is sent: what others do in the meantime. */
  meanwhile: (call: string) => Promise<void>;
};

export function tamperingFetch(): { readonly tampering: Tampering; readonly fetch: typeof fetch } {
  const tampering: Tampering = { calls: [], answers: new Map(), meanwhile: async () => {} };
  return {
    tampering,
    fetch: async (input, init) => {
      const call = `${init?.method} ${resourceOf(new URL(input instanceof Request ? input.url : input).pathname)}`;
      tampering.calls.push(call);
      await tampering.meanwhile(call);
      const answer = tampering.answers.get(call);
      if (answer === undefined) return fetch(input, init);
      return new Response(JSON.stringify(answer.body), { status: answer.status });
    },
  };
}

// The resource is the last segment that is no id.
function resourceOf(path: string): string {
  const [, rest = ""] = /\/_apis\/(?:git\/repositories\/[^/]+|build)\/?(.*)$/.exec(path) ?? [];
  const [first = "", , last] = rest.toLowerCase().split("/");
  return last ?? (first === "" ? "repository" : first);
}

/** A refusal in the service's form. */
export function refusal(status: number, typeKey: string, message: string) {
  return { status, body: { message, typeKey } };
}
