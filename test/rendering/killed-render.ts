// Renders a checkout into a folder and kills itself, as a cancelled job is killed, before a step.
import { join } from "node:path";
import { readDelivery } from "../../rendering/inputs/read-inputs.ts";
import { renderToFolder } from "../../rendering/write/render-to-folder.ts";

const [checkout = "", outputFolder = "", killAt = "0"] = process.argv.slice(2);
const { delivery, checkout: code } = await readDelivery(join(checkout, "fluxgate.yaml"));
let steps = 0;
await renderToFolder({
  delivery,
  roots: { code },
  variables: () => undefined,
  outputFolder,
  provenance: {},
  beforeStep(step) {
    process.stdout.write(`${step}\n`);
    steps += 1;
    if (steps === Number(killAt)) process.kill(process.pid, "SIGKILL");
  },
});
