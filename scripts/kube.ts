// `npm run kube`: Flux's and Kubernetes' own code as WebAssembly, into dist/kube/ (Go makes it, once).
import { ensureKube } from "./kube/ensure-kube.ts";

const folder = await ensureKube();
if (folder === undefined) {
  console.error("Failed to build Flux's and Kubernetes' own code: Go is not on PATH.");
  process.exit(1);
}
console.log(folder);
