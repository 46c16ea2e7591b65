// `npm run kube`: Flux's and Kubernetes' own code as WebAssembly, into dist/kube/ (Go makes it, once).
// `npm run kube -- update --kubernetes 1.37 --flux 2.9`: moves to other versions of it.
import { userMessage } from "../core/errors.ts";
import { ensureKube } from "./kube/ensure-kube.ts";
import { updateKube } from "./kube/update.ts";

const [command, ...args] = process.argv.slice(2);
try {
  if (command === "update") updateKube(args);
  else await makeKube();
} catch (error) {
  console.error(userMessage(error));
  process.exitCode = 1;
}

async function makeKube(): Promise<void> {
  const folder = await ensureKube();
  if (folder !== undefined) return console.log(folder);
  console.error("Failed to build Flux's and Kubernetes' own code: Go is not on PATH.");
  process.exitCode = 1;
}
