import { TerminalError } from "../../../core/errors.ts";
import { carryError, errorOf } from "./carried-error.ts";
import type { Answer, Asked, FromWorker, Subject, ToWorker } from "./questions.ts";

/** Asks a worker that compares, which is started at the first question. */
export type Comparer = {
  /** @throws what the worker threw; TerminalError where it did not start, ended or went silent. */
  readonly ask: <S extends Subject>(subject: S, asked: Asked<S>) => Promise<Answer<S>>;
  /** Ends the worker; what it has not answered yet is refused. */
  readonly close: () => void;
};

/** What a comparer needs of a worker. */
export type WorkerLike = Pick<Worker, "postMessage" | "terminate"> & {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

type Options = {
  readonly spawn: () => WorkerLike;
  readonly organisationUrl: string;
  readonly token: () => Promise<string>;
  /** How long a tick is, of which {@link mostSilent} without a word are too many. */
  readonly tickMs?: number;
};

/** A worker that waits says so each second; one that computes longer than this is given up. */
const mostSilent = 60;

let asked = 0;

type Waiting = { readonly take: (answer: unknown) => void; readonly fail: (error: Error) => void };
type Running = { readonly worker: WorkerLike; readonly timer: ReturnType<typeof setInterval> };

export function createComparer(options: Options): Comparer {
  const { organisationUrl, token, tickMs = 1_000 } = options;
  const waiting = new Map<string, Waiting>();
  let running: Running | undefined;
  let silent = 0;
  let closed = false;

  const end = (error: Error) => {
    if (running !== undefined) {
      clearInterval(running.timer);
      running.worker.terminate();
      running = undefined;
    }
    const left = [...waiting.values()];
    waiting.clear();
    for (const { fail } of left) fail(error);
  };
  const answerOf = (id: string) => {
    const one = waiting.get(id);
    waiting.delete(id);
    return one;
  };
  const hear = (worker: WorkerLike, message: FromWorker) => {
    // Of a worker that was given up meanwhile.
    if (running?.worker !== worker) return;
    silent = 0;
    if (message.kind === "answer") answerOf(message.id)?.take(message.answer);
    if (message.kind === "failure") answerOf(message.id)?.fail(errorOf(message.error));
    if (message.kind === "token-please") void sendToken(worker, message.id);
  };
  const sendToken = async (worker: WorkerLike, id: number) => {
    const post = (message: ToWorker) => worker.postMessage(message);
    await token().then(
      (value) => post({ kind: "token", id, token: value }),
      (error: unknown) => post({ kind: "no-token", id, error: carryError(error) }),
    );
  };
  // Ticks are counted, not time: a computer that slept wakes to a worker that slept as well.
  const tick = () => {
    silent = waiting.size === 0 ? 0 : silent + 1;
    if (silent > mostSilent) end(gone(`it took more than ${mostSilent} s, or all of the memory`));
  };
  const start = (): WorkerLike => {
    if (running !== undefined) return running.worker;
    const worker = options.spawn();
    silent = 0;
    running = { worker, timer: setInterval(tick, tickMs) };
    worker.onmessage = ({ data }) => hear(worker, data);
    worker.onmessageerror = () => end(gone("its result could not be handed over"));
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (running?.worker !== worker) return;
      end(gone(event.message || "the browser did not start the comparison"));
    };
    return worker;
  };
  return {
    ask: <S extends Subject>(subject: S, of: Asked<S>) =>
      new Promise<Answer<S>>((take, fail) => {
        if (closed) return fail(gone(left));
        const id = String((asked += 1));
        waiting.set(id, { take: take as Waiting["take"], fail });
        try {
          const message: ToWorker = { kind: "ask", id, organisationUrl, subject, asked: of };
          start().postMessage(message);
        } catch (cause) {
          end(gone(cause instanceof Error ? cause.message : String(cause)));
        }
      }),
    close: () => {
      closed = true;
      end(gone(left));
    },
  };
}

const left = "the page went on to something else";

function gone(why: string): TerminalError {
  return new TerminalError(`Failed to compare the manifests: ${why}`, {
    code: "not-compared",
    hint: "Try again; what is too large for a page can be compared with `fluxgate diff`.",
  });
}
