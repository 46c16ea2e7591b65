/** A program to run, without a shell and with the whole environment that it gets. */
export type Program = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Written to its stdin, which is empty when absent. */
  readonly input?: Uint8Array | undefined;
  /** Bytes of stdout and of stderr after which it and what it started are ended. */
  readonly maxOutput: number;
};

export type ProgramEnd = {
  /** null: a signal ended it. */
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** It wrote more than it may. */
  readonly flooded: boolean;
};

/**
 * Runs a program to its end in a process group of its own and tells the group's id when it has
 * started. @throws the system's error when it cannot be started
 */
export type RunProgram = (
  program: Program,
  onStart: (group: number) => void,
) => Promise<ProgramEnd>;

/** Ends a program and all that it started. */
export function killGroup(group: number): void {
  try {
    // Windows has no groups; there it is the program's own id.
    process.kill(process.platform === "win32" ? group : -group, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}
