import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort } from "node:worker_threads";
import { brotliDecompress, gunzip } from "node:zlib";
import { serve } from "./serve.ts";

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
    async (path) =>
      promisify(path.endsWith(".br") ? brotliDecompress : gunzip)(await readFile(path)),
    runInNewContext("gc") as () => void,
  );
}
