// 24 hours of traffic by a clock that is put forward: a merge a minute, each seen by Flux, and letters
// of strangers that come and go. What the process holds must not grow with what went by. It prints that
// as JSON for `npm run bench -- connector --day`: of the heap only a process of its own can tell.
import pino from "pino";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { buildSideReader } from "../../../connector/builds/build-side.ts";
import type { Connector } from "../../../connector/connector.ts";
import { openRepository } from "../../../connector/manifests-repository.ts";
import { createMetrics } from "../../../connector/metrics.ts";
import { createEnvironments } from "../../../connector/reconcilers/environments.ts";
import { createFinder } from "../../../connector/reconcilers/find-waits.ts";
import { parseConfig } from "../../../core/connector-config/parse-config.ts";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import { absentKube } from "../../../kube/kube.ts";
import { aCluster, aKustomization, aSource } from "../a-cluster.ts";
import { busyRepository, commitAt, organisationUrl } from "./busy-repository.ts";

const mergesAnHour = 60;
const hours = 24;
const mebibyte = 1024 * 1024;

const configText = JSON.stringify({
  ...{ apiVersion: "fluxgate.dev/v1", kind: "ConnectorConfig", mode: "full" },
  azureDevOps: { organisationUrl },
  repositories: [{ name: "manifests", project: "shop", repository: "manifests" }],
  clusters: [{ name: "west", kubeconfig: "/dev/null" }],
  environments: [{ name: "dev", repository: "manifests", clusters: [{ name: "west" }] }],
});

/** Heap after each hour, in MiB, and how many letters are remembered at the end. */
async function liveADay() {
  const { performance } = globalThis;
  const real = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => real() + ahead;
  try {
    const held: number[] = [];
    const busy = busyRepository();
    const { look, letters } = await startTraffic(busy.fetch, () => busy.merges());
    for (let minute = 1; minute <= hours * mergesAnHour; minute += 1) {
      busy.merge();
      for (let each = 0; each < 2; each += 1) {
        ahead += 30_000;
        await look();
      }
      if (minute % mergesAnHour === 0) held.push(heapNow() / mebibyte);
    }
    return { heaps: held, letters: letters() };
  } finally {
    performance.now = real;
  }
}

async function startTraffic(fetch: typeof globalThis.fetch, merges: () => number) {
  const config = parseConfig(configText, "connector.yaml");
  const ado = connectAzureDevOps({ organisationUrl, token: () => Promise.resolve("x"), fetch });
  const [of] = config.repositories;
  const [environment] = config.environments;
  if (of === undefined || environment === undefined) throw new Error("nothing is configured");
  const repository = await openRepository(ado, of);
  const url = `${organisationUrl}/shop/_git/manifests`;
  const flux = () => {
    const revision = `main@sha1:${commitAt(merges())}`;
    const source = { ...aSource(url), status: { artifact: { revision } } };
    return [source, aKustomization({ path: "./dev", revision, inventory: [] })].flatMap(
      (object) => parseFluxObject(object) ?? [],
    );
  };
  const connector: Connector = {
    ...{ config, ado, me: "me", host: "host", began: 0 },
    clusters: new Map([["west", { ...aCluster([]), flux, readFlux: async () => flux() }]]),
    repositories: new Map([["manifests", repository]]),
    builds: buildSideReader(absentKube("it is not there")),
    ...{ log: pino({ level: "silent" }), metrics: createMetrics() },
  };
  const environments = createEnvironments(connector);
  const finder = createFinder(connector, {
    ...{ known: () => false, holds: () => false, found: () => undefined },
  });
  return {
    letters: finder.remembered,
    look: async () => {
      await finder.byBranches(repository);
      await environments.reconcile(environment);
    },
  };
}

function heapNow(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

process.stdout.write(JSON.stringify(await liveADay()));
