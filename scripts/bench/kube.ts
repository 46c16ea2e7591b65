// Flux's own build and the API server's own checks: start, warm answers, memory and sizes.
import { statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { kubeFiles, openKube } from "../../kube/open-node.ts";
import type { Kube } from "../../kube/kube.ts";
import { ensureKube } from "../kube/ensure-kube.ts";
import { ensurePackedModules } from "../kube/pack-modules.ts";

const rounds = 20;
/** design.md §8, milliseconds of CPU once warm. */
const budgets = { build: 20, validate: 50 };

/** Prints the figures; whether they are within the budgets. */
export async function kubeBench(): Promise<boolean> {
  const folder = await ensureKube();
  if (folder === undefined) {
    console.error("Flux's own code cannot be measured: Go is not on PATH.");
    return false;
  }
  const packed = await ensurePackedModules();
  console.log(`kube (median of ${rounds})`);
  for (const name of ["build", "validate"] as const) {
    console.log(
      `  ${name}.wasm, as it is carried: hub ${mebibytes(join(folder, kubeFiles[name]))}, tasks ${mebibytes(join(packed, `${name}.wasm.br`))}`,
    );
  }
  const kube = openKube(folder);
  const before = process.memoryUsage().rss;
  try {
    const built = await figures("30 objects built", () => buildOnce(kube, true), budgets.build);
    await figures("the same without file names", () => buildOnce(kube, false));
    const between = process.memoryUsage().rss;
    const judged = await figures(
      "100 objects validated",
      () => validateOnce(kube),
      budgets.validate,
    );
    const grown = (from: number, to: number) => `${((to - from) / 1024 / 1024).toFixed(0)} MiB`;
    console.log(
      `  memory (resident): build ${grown(before, between)}, validate ${grown(between, process.memoryUsage().rss)}`,
    );
    return built && judged;
  } finally {
    kube.close();
  }
}

async function figures(what: string, act: () => Promise<void>, budget?: number): Promise<boolean> {
  const first = await timed(act);
  const warm: number[] = [];
  for (let round = 0; round < rounds; round += 1) warm.push(await timed(act));
  const median = warm.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  const limit = budget === undefined ? "" : ` (budget ${budget})`;
  console.log(
    `  ${what.padEnd(30)}${median.toFixed(0).padStart(5)} ms of CPU${limit}, with the start ${first.toFixed(0)}`,
  );
  return budget === undefined || median <= budget;
}

// CPU of the whole process, its workers with it: the clock on the wall tells of the neighbours too.
async function timed(act: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

async function buildOnce(kube: Kube, origins: boolean): Promise<void> {
  const result = await kube.build({ files, path: "overlay", origins });
  if (result.kind !== "built" || result.objects.length !== 30) {
    throw new Error(JSON.stringify(result).slice(0, 300));
  }
}

async function validateOnce(kube: Kube): Promise<void> {
  const result = await kube.validate({ objects: hundred.map((object) => ({ object })) });
  const wrong =
    result.kind === "validated"
      ? result.objects.filter(({ errors = [] }) => errors.length > 0)
      : [result];
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong).slice(0, 300));
}

const texts = (name: string): readonly string[] => [
  `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 2
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: main
          image: registry.fabrikam.com/${name}:1
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /, port: http } }
          resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 128Mi } }
          envFrom: [{ configMapRef: { name: ${name} } }]
`,
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: http }] }\n`,
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { LEVEL: info, REGION: eu }\n`,
];
const names = Array.from({ length: 10 }, (_, index) => `app-${index}`);
const files: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    names.flatMap((name) => texts(name).map((text, at) => [`base/${name}-${at}.yaml`, text])),
  ),
  "base/kustomization.yaml": `resources: [${names.flatMap((name) => [0, 1, 2].map((at) => `${name}-${at}.yaml`)).join(", ")}]\n`,
  "overlay/kustomization.yaml":
    "resources: [../base]\nnamespace: shop\nnamePrefix: dev-\nimages: [{ name: registry.fabrikam.com/app-1, newTag: '2' }]\n",
};
const hundred = Array.from({ length: 34 }, (_, index) => texts(`app-${index}`))
  .flat()
  .slice(0, 100)
  .map((text) => parse(text) as KubernetesObject);

function mebibytes(file: string): string {
  return `${(statSync(file).size / 1024 / 1024).toFixed(1)} MiB`;
}
