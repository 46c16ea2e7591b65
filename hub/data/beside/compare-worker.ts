// Reading, comparing and searching happen beside the page, so that a large or hostile text never
// freezes it; what was found stays here.
import { type AzureDevOps, connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { createAnswers } from "./answers.ts";
import { type CarriedError, carryError, errorOf } from "./carried-error.ts";
import type { FromWorker, ToWorker } from "./questions.ts";

const aliveEveryMs = 1_000;

const page = self as unknown as Worker;
const answers = createAnswers(sayAlive);
const connections = new Map<string, AzureDevOps>();
const tokens = new Map<number, { take: (token: string) => void; fail: (error: Error) => void }>();
let asked = 0;
let open = 0;
let said = 0;

setInterval(() => {
  if (open > 0) sayAlive();
}, aliveEveryMs);

// Of a text after the other as well, between which no timer runs.
function sayAlive(): void {
  const now = performance.now();
  if (now - said < aliveEveryMs / 2) return;
  said = now;
  post({ kind: "alive" });
}

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "ask") void answer(data);
  else if (data.kind === "token") tokens.get(data.id)?.take(data.token);
  else tokens.get(data.id)?.fail(errorOf(data.error));
});

async function answer({ id, ...of }: Extract<ToWorker, { readonly kind: "ask" }>): Promise<void> {
  open += 1;
  try {
    // By its subject, what was asked is what this answer takes.
    const one = answers[of.subject] as (ado: AzureDevOps, asked: unknown, id: string) => unknown;
    post({ kind: "answer", id, answer: await one(connect(of.organisationUrl), of.asked, id) });
  } catch (error) {
    post({ kind: "failure", id, error: carried(error) });
  } finally {
    open -= 1;
  }
}

// What a worker runs out of is said as what it is for the reader.
function carried(error: unknown): CarriedError {
  if (!(error instanceof RangeError)) return carryError(error);
  return { code: "not-compared", message: `Failed to compare the manifests: ${error.message}` };
}

function connect(organisationUrl: string): AzureDevOps {
  const known = connections.get(organisationUrl);
  if (known !== undefined) return known;
  const made = connectAzureDevOps({ organisationUrl, token: askForToken });
  connections.set(organisationUrl, made);
  return made;
}

// Only the page can ask its host for one.
function askForToken(): Promise<string> {
  const id = (asked += 1);
  return new Promise<string>((take, fail) => {
    tokens.set(id, { take, fail });
    post({ kind: "token-please", id });
  }).finally(() => tokens.delete(id));
}

function post(message: FromWorker): void {
  page.postMessage(message);
}
