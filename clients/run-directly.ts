import { spawn } from "node:child_process";
import { killGroup, type Program, type ProgramEnd } from "./program.ts";

// A group of its own does not get the terminal's Ctrl-C: it ends with us all the same.
const running = new Set<number>();
process.once("exit", () => {
  for (const group of running) killGroup(group);
});

/** Runs a program as a child of this process; the form of {@link RunProgram}. */
export function runDirectly(
  { command, args, cwd, env, input, maxOutput }: Program,
  onStart: (group: number) => void,
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      // A group of its own, so that what the program started ends with it.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const { pid } = child;
    let flooded = false;
    const read = (stream: NodeJS.ReadableStream | null) => {
      const chunks: Buffer[] = [];
      let size = 0;
      stream?.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= maxOutput) chunks.push(chunk);
        else if (pid !== undefined) {
          flooded = true;
          killGroup(pid);
        }
      });
      return () => Buffer.concat(chunks);
    };
    const stdout = read(child.stdout);
    const stderr = read(child.stderr);
    child.on("error", (error) => {
      if (pid !== undefined) running.delete(pid);
      reject(error);
    });
    child.on("close", (code) => {
      if (pid !== undefined) running.delete(pid);
      resolve({ code, stdout: stdout(), stderr: stderr(), flooded });
    });
    if (pid !== undefined) {
      running.add(pid);
      onStart(pid);
    }
    // Its exit code and stderr tell why it stopped reading.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}
