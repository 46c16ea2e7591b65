/** One command of `fluxgate`. To add one: a file beside this and a line in the table of main.ts. */
export type Command = {
  /** One line of `fluxgate --help`. */
  readonly summary: string;
  /** All of `fluxgate <command> --help`. */
  readonly help: string;
  /** Returns the exit code; throws the errors of core/errors.ts. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
};

export type Terminal = {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
};

/** Exit codes; `fluxgate --help` lists them. */
export const exitCodes = {
  ok: 0,
  /** Something in the files is wrong; every problem was printed. */
  problems: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A tool is missing, a service does not answer, time ran out. */
  failed: 3,
} as const;
