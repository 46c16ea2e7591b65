// git, tar and kubectl run hundreds of times in a sandbox's life. fork(2) copies the page tables of
// whoever calls it: 1 ms for a process of 45 MB, 15 ms and more for one of 300 MB that every other
// part of the process waits for. So one small process starts them all.
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export type Program = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Buffer;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
};

/** `code` is -1 when it could not be started, was stopped, or ran out of time. */
export type Ended = { readonly code: number; readonly stdout: Buffer; readonly stderr: Buffer };

type Starter = { readonly process: ChildProcess; readonly waiting: Map<number, Waiting> };
type Waiting = { readonly done: (ended: Ended) => void; readonly failed: (error: Error) => void };

let starter: Starter | undefined;
let lastId = 0;

/**
 * Runs a program without a shell and waits for its end; what it prints is held in memory.
 * @throws Error when the process that starts programs has ended itself
 */
export function runProgram({ signal, ...program }: Program): Promise<Ended> {
  const { process: child, waiting } = (starter ??= startStarter());
  lastId += 1;
  const id = lastId;
  return new Promise<Ended>((resolve, reject) => {
    const stop = () => void (child.connected && child.send({ id, stop: true }));
    const settled = () => {
      signal?.removeEventListener("abort", stop);
      waiting.delete(id);
      if (waiting.size === 0) child.channel?.unref();
    };
    waiting.set(id, {
      done: (ended) => (settled(), resolve(ended)),
      failed: (error) => (settled(), reject(error)),
    });
    child.channel?.ref();
    child.send({ id, start: program }, (error) => error && waiting.get(id)?.failed(error));
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop);
  });
}

function startStarter(): Starter {
  const waiting = new Map<number, Waiting>();
  const child = fork(fileURLToPath(new URL("./starter.mjs", import.meta.url)), [], {
    execArgv: [],
    env: { PATH: process.env["PATH"] },
    serialization: "advanced",
  });
  child.on("message", ({ id, code, stdout, stderr }: Ended & { readonly id: number }) => {
    const ended = { code, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) };
    waiting.get(id)?.done(ended);
  });
  const end = () => {
    if (starter?.process === child) starter = undefined;
    const error = new Error("the process that starts programs has ended");
    for (const one of [...waiting.values()]) one.failed(error);
  };
  child.on("error", end);
  child.on("exit", end);
  // It must not keep this process alive while nothing runs.
  child.unref();
  child.channel?.unref();
  return { process: child, waiting };
}
