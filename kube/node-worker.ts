import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort } from "node:worker_threads";
import { brotliDecompress, gunzip } from "node:zlib";
import { serve } from "./serve.ts";

// A module is unpacked in one piece: in zlib's own of 16 KiB it is copied thousands of times, more
// CPU than the unpacking. Of a piece, only what is written to takes memory.
const chunkSize = 128 * 1024 * 1024;

if (parentPort) {
  const port = parentPort;
  // V8 would compile what runs often once more, better: for code as large as this that takes four
  // times as long as the start itself, and pays off after some hundred calls at the earliest. It
  // would also check all functions at once, of which most are never called.
  const compiler = ["--no-wasm-dynamic-tiering", "--no-wasm-tier-up", "--wasm-lazy-validation"];
  for (const flag of [...compiler, "--expose-gc"]) setFlagsFromString(flag);
  serve(
    {
      post: (message) => port.postMessage(message),
      onMessage: (take) => void port.on("message", take),
    },
    async (path) => {
      const packed = await readFile(path);
      return path.endsWith(".br")
        ? promisify(brotliDecompress)(packed, { chunkSize })
        : promisify(gunzip)(packed, { chunkSize });
    },
    runInNewContext("gc") as () => void,
  );
}
