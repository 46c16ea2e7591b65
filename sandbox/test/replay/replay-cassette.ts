import { createSandbox } from "../../azure-devops/create-sandbox.ts";
import { createPipelines } from "../../pipelines/create-pipelines.ts";
import { compareAnswers, type Answer } from "./compare-answers.ts";
import { createIds } from "./learn-ids.ts";
import { jsonOf, type Pair } from "./recording.ts";
import { seedFrom } from "./seed-from-recording.ts";

export type Replayed = { readonly pair: Pair; readonly differences: readonly string[] };

/** Sends a cassette's requests in their order to a sandbox made for it. */
export async function replayCassette(pairs: readonly Pair[]): Promise<readonly Replayed[]> {
  const { seed, pipelines } = seedFrom(pairs);
  const sandbox = await createSandbox({ seed, parts: [createPipelines({ seed: pipelines })] });
  const ids = createIds();
  const replayed: Replayed[] = [];
  try {
    for (const pair of pairs) {
      const { request, response } = pair;
      const url = ids.apply(request.uri).replace(/^https?:\/\/[^/]+/, sandbox.origin);
      const body = request.body ? ids.apply(request.body) : undefined;
      // A service that fails is a switch here.
      if (response.status === 503) sandbox.organisation().faults.unavailable.remaining = 1;
      const token = response.status === 401 ? "expired" : "sandbox-admin";
      const ask = () => send({ ...request, url, body, token });
      const answer = request.method === "GET" ? await settled(ask, response) : await ask();
      ids.learn(jsonOf(response.body), jsonOf(answer.body), request.uri);
      replayed.push({ pair, differences: compareAnswers(response, answer) });
    }
  } finally {
    await sandbox.close();
  }
  return replayed;
}

// Much goes on after its answer, here as on the service: what is read is read again until it fits.
async function settled(ask: () => Promise<Answer>, recorded: Answer): Promise<Answer> {
  const deadline = performance.now() + 3_000;
  for (;;) {
    const answer = await ask();
    const fits = compareAnswers(recorded, answer).length === 0 && hasSettled(recorded, answer);
    const isOther = answer.status !== recorded.status;
    if (fits || isOther || performance.now() > deadline) return answer;
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

function hasSettled(recorded: Answer, given: Answer): boolean {
  const status = (answer: Answer) => (jsonOf(answer.body) as { status?: unknown } | null)?.status;
  const over = ["succeeded", "completed"];
  return !over.includes(String(status(recorded))) || status(recorded) === status(given);
}

async function send(request: {
  readonly method: string;
  readonly url: string;
  readonly accept?: string;
  readonly body: string | undefined;
  readonly token: string;
}): Promise<Answer> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: {
      Authorization: `Basic ${Buffer.from(`:${request.token}`).toString("base64")}`,
      Accept: request.accept ?? "application/json",
      "X-TFS-FedAuthRedirect": "Suppress",
      ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
