import type {
  AbsentCause,
  Files,
  FromWorker,
  ModuleSource,
  StartOptions,
  ToWorker,
} from "./protocol.ts";

/** A worker as the door holds it. `gone` tells that it ended by itself. */
export type Worker = {
  readonly post: (message: ToWorker) => void;
  readonly onMessage: (take: (message: FromWorker) => void) => void;
  readonly onGone: (take: (text: string) => void) => void;
  /** Ends it at once, in the middle of whatever it does. */
  readonly end: () => void;
};

export type Limits = {
  /** For one call, from when it begins to run. */
  readonly deadlineMilliseconds: number;
  /**
   * Milliseconds of CPU that this process has used, its workers with it. Where it is told, a deadline at
   * which others had the machine is no deadline yet: the answer would hang on how busy that is.
   */
  readonly usedCpuMs?: () => number;
  /** For reading, compiling and starting the module. */
  readonly startMilliseconds: number;
  /** What an instance's memory may grow to. */
  readonly maximumBytes: number;
  /** An instance whose memory is above this after a call is replaced: Go gives none back. */
  readonly recycleBytes: number;
  /** A worker without work ends after this time. */
  readonly idleMilliseconds: number;
};

export const defaultLimits: Limits = {
  deadlineMilliseconds: 30_000,
  startMilliseconds: 120_000,
  maximumBytes: 1024 * 1024 * 1024,
  recycleBytes: 512 * 1024 * 1024,
  idleMilliseconds: 300_000,
};

/** A module, with what the first worker compiled of it: all who hold it are spared that. */
export type Source = { readonly address: ModuleSource; compiled?: WebAssembly.Module };

/** Why a call has no answer. Each is a value: what it means is the caller's to say. */
export type Unavailable =
  | { readonly kind: "absent"; readonly cause: AbsentCause; readonly text: string }
  | { readonly kind: "timeout"; readonly text: string }
  | { readonly kind: "crashed"; readonly text: string };

export type Called = { readonly kind: "answered"; readonly text: string } | Unavailable;

export type WorkerClient = {
  readonly call: (request: string, files: Files) => Promise<Called>;
  /** Starts the worker, where it does not run yet, for the call that follows. */
  readonly warm: () => void;
  readonly close: () => void;
};

/** So many deadlines pass at the most: what waits for something uses no CPU at all. */
const mostDeadlines = 8;

type Running = {
  readonly worker: Worker;
  /** Takes the next message, or the worker's end. */
  readonly next: (milliseconds: number) => Promise<FromWorker | { readonly type: Ended }>;
};
type Ended = "timeout" | "gone";

/**
 * Calls one module, one call after another, in a worker that is started at the first call, ended at a
 * deadline, replaced when it grew too large or trapped, and given up while nobody calls.
 */
export function workerClient(
  spawn: () => Worker,
  source: Source,
  asked: Partial<Limits> = {},
): WorkerClient {
  const limits = { ...defaultLimits, ...asked };
  let running: Running | undefined;
  let absent: Unavailable | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let idle: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const drop = () => {
    running?.worker.end();
    running = undefined;
  };

  const start = async (): Promise<Running | Unavailable> => {
    const started = listen(spawn(), limits.usedCpuMs);
    const { address, compiled } = source;
    const { maximumBytes } = limits;
    const options: StartOptions = { source: address, compiled, maximumBytes };
    started.worker.post({ type: "start", options });
    const said = await started.next(limits.startMilliseconds);
    if (said.type === "ready") {
      source.compiled = said.compiled;
      return started;
    }
    started.worker.end();
    if (said.type !== "absent") return ended(said, "starting the module");
    const { cause, text } = said;
    return { kind: "absent", cause, text };
  };

  const ready = async (): Promise<Running | Unavailable> => {
    if (closed) return { kind: "crashed", text: "the door is closed" };
    if (absent) return absent;
    if (running) return running;
    const started = await start();
    if (!("kind" in started)) {
      running = started;
      if (closed) drop();
    }
    // What is not there, or may not be compiled, will not be there the next time either.
    else if (started.kind === "absent" && started.cause !== "out-of-memory") absent = started;
    return started;
  };

  const run = async (request: string, files: Files): Promise<Called> => {
    const at = await ready();
    if ("kind" in at) return at;
    const { worker, next } = at;
    worker.post({ type: "call", request, files });
    const said = await next(limits.deadlineMilliseconds);
    if (said.type === "answer") {
      if (said.memoryBytes > limits.recycleBytes) drop();
      return { kind: "answered", text: said.text };
    }
    drop();
    return ended(said, "a call");
  };

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    clearTimeout(idle);
    const done = queue.then(act);
    queue = done.then(
      () => {
        clearTimeout(idle);
        idle = setTimeout(drop, limits.idleMilliseconds);
        letGo(idle);
      },
      () => drop(),
    );
    return done;
  };

  return {
    call: (request, files) => inTurn(() => run(request, files)),
    warm: () => void inTurn(ready).catch(() => undefined),
    close: () => {
      closed = true;
      clearTimeout(idle);
      drop();
    },
  };
}

function listen(worker: Worker, usedCpuMs: Limits["usedCpuMs"]): Running {
  let take:
    ((message: FromWorker | { readonly type: Ended; readonly text?: string }) => void) | undefined;
  let gone: string | undefined;
  worker.onMessage((message) => take?.(message));
  worker.onGone((text) => {
    gone = text;
    take?.({ type: "gone", text });
  });
  return {
    worker,
    next: (milliseconds) =>
      new Promise((settle) => {
        if (gone !== undefined) {
          settle({ type: "gone" });
          return;
        }
        const before = usedCpuMs?.() ?? 0;
        let passed = 0;
        const onDeadline = () => {
          passed += 1;
          const used = usedCpuMs === undefined ? milliseconds : usedCpuMs() - before;
          if (used >= milliseconds || passed === mostDeadlines) take?.({ type: "timeout" });
          else timer = setTimeout(onDeadline, milliseconds);
        };
        let timer = setTimeout(onDeadline, milliseconds);
        take = (message) => {
          clearTimeout(timer);
          take = undefined;
          settle(message);
        };
      }),
  };
}

function ended(
  said: FromWorker | { readonly type: Ended; readonly text?: string },
  during: string,
): Unavailable {
  if (said.type === "timeout") return { kind: "timeout", text: `${during} took too long` };
  const text = "text" in said && said.text ? said.text : "the worker ended";
  return { kind: "crashed", text: `${during} ended the module: ${text}` };
}

// Node keeps a process alive for a timer; a browser has no such thing.
function letGo(timer: ReturnType<typeof setTimeout>): void {
  if (typeof timer === "object") timer.unref();
}
