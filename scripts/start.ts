// `npm start`: Azure DevOps, Flux and the demo on this machine.
import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { InputError, userMessage } from "../core/errors.ts";
import {
  demoEnvironments,
  demoPipelines,
  demoSeed,
  emptySeed,
  noPipelines,
} from "../sandbox/demo/demo-seed.ts";
import { ensureBuilt } from "./build/ensure-built.ts";
import { kubeFromCache } from "./kube/ensure-kube.ts";
import { ensureAgentTools } from "./tools.ts";
import { pushDemoChange } from "./start/demo-change.ts";
import { parseOptions, usage, type StartOptions } from "./start/options.ts";
import { startLoop, type Loop, type LoopOptions } from "./start/start-loop.ts";

async function start({ port, cluster, reset, demo }: StartOptions): Promise<void> {
  if (reset) rmSync("dist", { recursive: true, force: true });
  await ensureBuilt(["hub", "portal", "tasks", "connector"]);
  if ((await kubeFromCache()) === undefined) {
    console.error("Flux' own code is not made yet (npm run kube): the review does without.");
  }
  const { hasJsonnet } = await ensureAgentTools();
  if (demo && !hasJsonnet) console.error("Neither Go nor jsonnet is here: the demo does without.");
  const starting = startOnPort(port, {
    form: cluster ? "real" : "embedded",
    seed: demo ? demoSeed({ hasJsonnet }) : emptySeed,
    pipelines: demo ? demoPipelines : noPipelines,
    say: (line) => console.error(line),
    connector: { timings: { letters: "1s", discovery: "30s", look: "1s", grace: "15s" } },
    ...(demo ? { manifests: demoManifests } : {}),
  });
  stopOnSignal(starting);
  const { sandbox, flux } = await starting;
  const change = demo ? await pushDemoChange(sandbox) : undefined;
  console.log(`Portal: ${sandbox.origin}/`);
  console.log(`Hub: ${sandbox.organisationUrl}/shop/_apps/hub/fluxgate.fluxgate.environments`);
  console.log(`Organisation: ${sandbox.organisationUrl}`);
  console.log(`Kubeconfig: ${flux.kubeconfig}`);
  console.log("Ready.");
  console.log(change === undefined ? nextWithoutDemo : nextWithDemo(change));
}

const demoManifests = {
  repository: "shop-manifests",
  interval: "5s",
  kustomizations: demoEnvironments.map((environment) => ({
    name: `shop-${environment}`,
    path: environment,
    environment,
  })),
};

async function startOnPort(port: number, options: LoopOptions): Promise<Loop> {
  try {
    return await startLoop({ ...options, port });
  } catch (cause) {
    if ((cause as { readonly code?: string }).code !== "EADDRINUSE") throw cause;
    throw new InputError([{ message: `Port ${port} is taken by another process` }], {
      hint: "Stop it (an earlier npm start?), or choose another port: npm start -- --port 0",
      cause,
    });
  }
}

function nextWithDemo({
  run,
  pullRequest,
}: {
  readonly run: string;
  readonly pullRequest: string;
}) {
  return `
What to do next:
  1. The run waits at dev, no agent is held:  ${run}
  2. Review, approve and complete:            ${pullRequest}
  3. Watch the run go on: tests, then the next pull request for staging, then prod.
To see a deployment fail, push tag broken-1 in deploy/cache/cache.yaml of the repository shop.
Tokens are sandbox-admin, sandbox-developer, sandbox-approver, sandbox-reader (any user name).
Ctrl-C ends everything.`;
}

const nextWithoutDemo = `
The project is empty. Tokens are sandbox-admin, sandbox-developer, sandbox-approver, sandbox-reader
(any user name). Ctrl-C ends everything.`;

// Also while it still starts: what is half there can only be stopped once it is whole. The terminal
// ends the children too, so that starting may fail for it; that is no failure then. Run by node
// itself: tsx kills a child that is too busy to answer a signal within 60 ms.
function stopOnSignal(starting: Promise<Loop>): void {
  const stop = () => {
    if (stopping) {
      if (stopping.patient) return;
      process.exit(1);
    }
    stopping = { patient: true };
    console.error("\nStopping ... (Ctrl-C again does not wait)");
    void runFor(2_000).then(() => (stopping = { patient: false }));
    void starting
      .then(
        ({ close }) => close(),
        () => undefined,
      )
      .then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("SIGHUP", stop);
}

// One Ctrl-C comes more than once, npm passes it on; busy with something else, this process may
// see that late. So only time counts in which it was not busy.
async function runFor(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) await delay(100);
}

let stopping: { readonly patient: boolean } | undefined;
try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) console.log(usage);
  else await start(options);
} catch (error) {
  // What fails while everything is being stopped fails for that.
  if (!stopping) {
    console.error(userMessage(error));
    process.exitCode = 1;
  }
}
