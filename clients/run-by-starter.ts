// fork(2) copies the page tables of whoever calls it, and exec(2) throws them away again: 2 ms for a
// process of 50 MB, 20 ms and more for one of 200 MB, of which the caller waits for the half. A large
// process with many programs to start lets one small process start them.
import { type ChildProcess, spawn } from "node:child_process";
import { killGroup, type Program, type ProgramEnd } from "./program.ts";
import { runDirectly } from "./run-directly.ts";
import { starterProgram } from "./starter-program.ts";

type Waiting = {
  readonly program: Program;
  readonly onStart: (group: number) => void;
  /** Of processes; undefined: not started yet. */
  group: number | undefined;
  readonly resolve: (end: ProgramEnd | Promise<ProgramEnd>) => void;
  readonly reject: (error: Error) => void;
};
type Answer = {
  readonly id: number;
  readonly group?: number;
  readonly refused?: { readonly message: string; readonly code?: string };
  readonly end?: ProgramEnd;
};
type Starter = { readonly child: ChildProcess; readonly waiting: Map<number, Waiting> };

let starter: Starter | undefined;
let lastId = 0;

/**
 * Runs a program as a child of a small process that is kept for the next ones; the form of
 * {@link RunProgram}. What that process has not started when it ends is run directly.
 * @throws Error also when that process has ended while the program ran, which ends with it
 */
export function runByStarter(
  program: Program,
  onStart: (group: number) => void,
): Promise<ProgramEnd> {
  const { child, waiting } = (starter ??= startStarter());
  lastId += 1;
  const id = lastId;
  return new Promise<ProgramEnd>((resolve, reject) => {
    waiting.set(id, { program, onStart, group: undefined, resolve, reject });
    child.channel?.ref();
    // One that could not be sent has its answer from the end of the process.
    child.send({ ...program, id }, () => {});
  }).finally(() => {
    if (waiting.size === 0) child.channel?.unref();
  });
}

function startStarter(): Starter {
  const waiting = new Map<number, Waiting>();
  const libraries = process.env["LD_LIBRARY_PATH"];
  const child = spawn(process.execPath, ["-e", starterProgram], {
    cwd: "/",
    env: libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
  });
  child.on("message", ({ id, group, refused, end }: Answer) => {
    const found = waiting.get(id);
    if (found === undefined) return;
    if (group !== undefined) {
      found.group = group;
      found.onStart(group);
      return;
    }
    waiting.delete(id);
    if (refused) found.reject(Object.assign(new Error(refused.message), refused));
    if (end) {
      const [stdout, stderr] = [Buffer.from(end.stdout), Buffer.from(end.stderr)];
      found.resolve({ ...end, stdout, stderr });
    }
  });
  const end = () => {
    if (starter?.child === child) starter = undefined;
    for (const one of waiting.values()) {
      if (one.group === undefined) {
        one.resolve(runDirectly(one.program, one.onStart));
        continue;
      }
      // Nobody else would.
      killGroup(one.group);
      one.reject(new Error("the process that starts programs has ended"));
    }
    waiting.clear();
  };
  child.on("error", end);
  child.on("exit", end);
  // It must not keep this process alive while nothing runs.
  child.unref();
  child.channel?.unref();
  return { child, waiting };
}
