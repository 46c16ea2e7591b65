// `npm run kube`: Flux's and Kubernetes' own code as WebAssembly, into dist/kube/ (Go makes it, once).
import { userMessage } from "../core/errors.ts";
import { ensureKube } from "./kube/ensure-kube.ts";

try {
  const folder = await ensureKube();
  if (folder !== undefined) console.log(folder);
  else {
    console.error("Failed to build Flux's and Kubernetes' own code: Go is not on PATH.");
    process.exitCode = 1;
  }
} catch (error) {
  console.error(userMessage(error));
  process.exitCode = 1;
}
