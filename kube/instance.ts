import { ConsoleStdout, Directory, File, PreopenDirectory, WASI } from "@bjorn3/browser_wasi_shim";
import type { Files } from "./protocol.ts";

type Exports = {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => unknown;
  readonly allocate: (size: number) => number;
  readonly call: (size: number) => bigint;
};

export type Instance = {
  /** @throws whatever the module traps with; the instance is dead then. */
  readonly call: (request: string, files: Files) => string;
  readonly memoryBytes: () => number;
};

// Twice as fast as with Go's default of 100, for twice the memory.
const collector = ["GOGC=300"];

/**
 * A started instance of a module: it has an empty disk in memory, `/tree` and `/tmp`, and neither
 * network nor environment.
 */
export async function startInstance(compiled: WebAssembly.Module): Promise<Instance> {
  const tree = new PreopenDirectory("/tree", new Map());
  const scratch = new PreopenDirectory("/tmp", new Map());
  const lastWords: string[] = [];
  const output = () =>
    ConsoleStdout.lineBuffered((line) => {
      if (lastWords.length < 20) lastWords.push(line);
    });
  const wasi = new WASI(["kube"], collector, [output(), output(), output(), tree, scratch], {
    debug: false,
  });
  const instance = await WebAssembly.instantiate(compiled, {
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  const exports = instance.exports as unknown as Exports;
  const said = <T>(act: () => T): T => {
    try {
      return act();
    } catch (cause) {
      throw new Error([String(cause), ...lastWords].join("\n"), { cause });
    }
  };
  said(() => wasi.initialize(instance as Parameters<typeof wasi.initialize>[0]));
  return {
    memoryBytes: () => exports.memory.buffer.byteLength,
    call: (request, files) => {
      tree.dir.contents = directoryOf(files).contents;
      scratch.dir.contents = new Map();
      return said(() => exchange(exports, request));
    },
  };
}

function exchange(exports: Exports, request: string): string {
  const bytes = new TextEncoder().encode(request);
  const at = exports.allocate(bytes.length) >>> 0;
  new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  const answer = BigInt.asUintN(64, exports.call(bytes.length));
  const [address, length] = [Number(answer >> 32n), Number(answer & 0xffff_ffffn)];
  return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, address, length));
}

function directoryOf(files: Files): Directory {
  const root = new Directory(new Map());
  for (const [path, content] of Object.entries(files)) {
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    const name = names.pop();
    if (name === undefined || names.includes("..") || name === "..") continue;
    let folder = root;
    for (const each of names) {
      const there = folder.contents.get(each);
      const next = there instanceof Directory ? there : new Directory(new Map());
      if (next !== there) folder.contents.set(each, next);
      folder = next;
    }
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    folder.contents.set(name, new File(bytes));
  }
  return root;
}
