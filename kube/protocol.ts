// What the door and its worker say to each other. Both ends are of one build: no versions here.

/** Where the gzipped module lies: a path in Node, an address in a browser. */
export type ModuleSource = string;

export type StartOptions = {
  readonly source: ModuleSource;
  /** The module as a worker before compiled it: a restart then costs no compilation. */
  readonly compiled: WebAssembly.Module | undefined;
  /** What its memory may grow to. */
  readonly maximumBytes: number;
};

export type ToWorker =
  | { readonly type: "start"; readonly options: StartOptions }
  | { readonly type: "call"; readonly request: string; readonly files: Files };

/** Files by their path in the repository: text, or bytes as they are. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export type FromWorker =
  | { readonly type: "ready"; readonly compiled: WebAssembly.Module }
  /** The module cannot be had here: not read, not compiled (CSP, memory), not started. */
  | { readonly type: "absent"; readonly cause: AbsentCause; readonly text: string }
  | { readonly type: "answer"; readonly text: string; readonly memoryBytes: number }
  /** The instance is no longer usable. */
  | { readonly type: "trapped"; readonly text: string };

export type AbsentCause = "not-included" | "refused" | "out-of-memory";

/** What a worker looks like from either end, in Node and in a browser. */
export type Port<Out, In> = {
  readonly post: (message: Out) => void;
  readonly onMessage: (take: (message: In) => void) => void;
};
