import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { parentPort } from "node:worker_threads";
import { brotliDecompress, gunzip } from "node:zlib";
import { serve } from "./serve.ts";

if (parentPort) {
  const port = parentPort;
  serve(
    {
      post: (message) => port.postMessage(message),
      onMessage: (take) => void port.on("message", take),
    },
    async (path) =>
      promisify(path.endsWith(".br") ? brotliDecompress : gunzip)(await readFile(path)),
  );
}
