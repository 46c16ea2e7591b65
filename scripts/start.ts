// `npm start`: Azure DevOps, Flux and the demo on this machine.
import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { InputError, userMessage } from "../core/errors.ts";
import { findKube } from "../kube/open-node.ts";
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
import type { Seed } from "../sandbox/azure-devops/seed.ts";
import { pushDemoChange } from "./start/demo-change.ts";
import { addKubernetesResources } from "./start/kubernetes-resources.ts";
import { type KubeBeside, makeKubeBeside } from "./start/kube-beside.ts";
import { parseOptions, usage, type StartOptions } from "./start/options.ts";
import { startLoop, type Loop, type LoopOptions } from "./start/start-loop.ts";

async function start({ port, cluster, reset, demo, environments }: StartOptions): Promise<void> {
  if (reset) rmSync("dist", { recursive: true, force: true });
  await ensureBuilt(["hub", "portal", "tasks", "connector"]);
  const beside = (await kubeFromCache()) ? undefined : makeKubeBeside(say);
  const { hasJsonnet, jsonnetLacks } = await ensureAgentTools();
  if (demo && jsonnetLacks) say(`The demo does without jsonnet: ${jsonnetLacks}.`);
  const starting = startOnPort(port, {
    form: cluster ? "real" : "embedded",
    seed: demo ? demoSeed({ hasJsonnet }) : seedWith(environments),
    pipelines: demo ? demoPipelines : noPipelines,
    say,
    agentEnvironment: kubeOfAgents,
    connector: { timings: { letters: "1s", discovery: "30s", look: "1s", grace: "15s" } },
    ...(demo ? { manifests: demoManifests } : {}),
    ...(environments.length > 0 ? { manifests: manifestsOf("manifests", environments) } : {}),
  });
  stopOnSignal(starting, beside);
  const loop = await starting.catch(async (cause: unknown) => {
    await beside?.stop();
    throw cause;
  });
  const { sandbox, flux } = loop;
  if (demo) {
    const names = demoEnvironments.map((environment) => `shop-${environment}`);
    await addKubernetesResources(sandbox, flux, { project: "shop", names });
  }
  const change = demo ? await pushDemoChange(sandbox) : undefined;
  console.log(`Portal: ${sandbox.origin}/`);
  console.log(`Hub: ${sandbox.organisationUrl}/shop/_apps/hub/fluxgate.fluxgate.environments`);
  console.log(`Organisation: ${sandbox.organisationUrl}`);
  console.log(`Kubeconfig: ${flux.kubeconfig}`);
  console.log("Ready.");
  console.log(change === undefined ? nextWithoutDemo(environments) : nextWithDemo(change));
  if (!(await beside?.made)) return;
  say("Flux's own code is made: pages have it when they are loaded again.");
  if (!demo && environments.length === 0) return;
  say("The connector starts anew with it; whoever waits goes on waiting.");
  await loop.stopConnector();
  await loop.startConnector();
}

/** As an installed extension has it in each task's folder; from when it is made. */
function kubeOfAgents(): Readonly<Record<string, string>> {
  const folder = findKube();
  return folder === undefined ? {} : { FLUXGATE_KUBE: folder };
}

function say(line: string): void {
  console.error(line);
}

const demoManifests = manifestsOf("shop-manifests", demoEnvironments);

function manifestsOf(repository: string, environments: readonly string[]) {
  const kustomizations = environments.map((environment) => ({
    name: `shop-${environment}`,
    path: environment,
    environment,
  }));
  return { repository, interval: "5s", kustomizations };
}

function seedWith(environments: readonly string[]): Seed {
  const [project] = emptySeed.projects;
  if (environments.length === 0 || project === undefined) return emptySeed;
  const files = Object.fromEntries(
    environments.map((name) => [`${name}/kustomization.yaml`, "resources: []\n"]),
  );
  const repositories = [...project.repositories, { name: "manifests", files }];
  return { ...emptySeed, projects: [{ ...project, repositories }] };
}

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

function nextWithoutDemo(environments: readonly string[]): string {
  const said =
    environments.length === 0
      ? `The project is empty. Not started: a connector, and Flux' objects, since there are no manifests yet.
With --environment dev there is a repository "manifests", Flux that applies it, and a connector.`
      : `Flux applies ${environments.join(", ")} of the repository manifests, and a connector reports on it.
A pipeline for them: fluxgate init in a clone of the repository shop (docs/pipelines.md).`;
  return `
${said}
Tokens are sandbox-admin, sandbox-developer, sandbox-approver, sandbox-reader
(any user name). Ctrl-C ends everything.`;
}

// Also while it still starts: what is half there can only be stopped once it is whole. The terminal
// ends the children too, so that starting may fail for it; that is no failure then. Run by node
// itself: tsx kills a child that is too busy to answer a signal within 60 ms.
function stopOnSignal(starting: Promise<Loop>, beside: KubeBeside | undefined): void {
  const stop = () => {
    if (stopping) {
      if (stopping.patient) return;
      process.exit(1);
    }
    stopping = { patient: true };
    console.error("\nStopping ... (Ctrl-C again does not wait)");
    void runFor(2_000).then(() => (stopping = { patient: false }));
    void (beside?.stop() ?? Promise.resolve())
      .then(() => starting)
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
