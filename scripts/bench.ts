// `npm run bench -- <name>`: figures against a peer in the same run; never part of `npm test`.
import { runConnectorBench } from "./bench/connector.ts";
import { runDeliveryBench } from "./bench/delivery.ts";
import { kubeBench } from "./bench/kube.ts";
import { runDiffBench } from "./bench/diff.ts";
import { runHubBench } from "./bench/hub.ts";
import { renderBench } from "./bench/render.ts";
import { runSandboxBench } from "./bench/sandbox.ts";

const benches: Readonly<Record<string, (options: readonly string[]) => Promise<boolean>>> = {
  connector: runConnectorBench,
  delivery: runDeliveryBench,
  kube: kubeBench,
  diff: runDiffBench,
  hub: runHubBench,
  render: renderBench,
  sandbox: runSandboxBench,
};

const options = process.argv.slice(2).filter((argument) => argument.startsWith("-"));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(", ")}: there are ${Object.keys(benches).join(", ")}.`,
  );
  process.exit(1);
}
let within = true;
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  within = (await benches[name]?.(options)) !== false && within;
}
process.exitCode = within ? 0 : 1;
