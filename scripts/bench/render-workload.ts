// 30 apps × 3 environments: charts as `helm create` makes them, kustomize overlays, both chained,
// and jsonnet where it is there.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const environments = ["dev", "staging", "prod"];

/** One tool process, as a person would type it. */
export type Command = { readonly tool: string; readonly args: readonly string[] };

/** For one app in one environment, the processes in their order; the second reads input.yaml. */
export type Chain = { readonly commands: readonly Command[]; readonly inputTo?: string };

type Kind = "helm" | "kustomize" | "chain" | "jsonnet";

/** Writes the checkout and returns the bare tool runs that give the same objects. */
export function writeWorkload(
  folder: string,
  { helm, jsonnet }: { readonly helm: string; readonly jsonnet: boolean },
): readonly Chain[] {
  mkdirSync(join(folder, ".git"), { recursive: true });
  execFileSync(helm, ["create", "scaffold"], { cwd: folder, stdio: "ignore" });
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const apps = Array.from({ length: 30 }, (_, index) => ({
    name: `app-${String(index + 1).padStart(2, "0")}`,
    kind: kindOf(index, jsonnet),
  }));
  for (const { name, kind } of apps) {
    if (kind === "helm" || kind === "chain") {
      cpSync(join(folder, "scaffold"), join(folder, name, "chart"), { recursive: true });
    }
    if (kind === "kustomize") put(`${name}/base/all.yaml`, plainObjects(name));
    if (kind === "kustomize") put(`${name}/base/kustomization.yaml`, "resources: [all.yaml]\n");
    if (kind === "jsonnet") put(`${name}/main.jsonnet`, program(name));
    for (const environment of environments) {
      put(`${name}/values-${environment}.yaml`, `replicaCount: ${environment.length}\n`);
      const from = kind === "chain" ? "input.yaml" : "../../base";
      put(
        `${name}/overlays/${environment}/kustomization.yaml`,
        `resources: [${from}]\nlabels: [{ pairs: { environment: ${environment} } }]\n`,
      );
    }
  }
  put("fluxgate.yaml", deliveryFile(apps));
  return environments.flatMap((environment) =>
    apps.map(({ name, kind }) => chainOf(name, kind, environment)),
  );
}

function kindOf(index: number, jsonnet: boolean): Kind {
  const kinds = ["helm", "kustomize", "chain", "helm", jsonnet ? "jsonnet" : "kustomize"] as const;
  return kinds[index % kinds.length] ?? "helm";
}

function chainOf(name: string, kind: Kind, environment: string): Chain {
  const template = {
    tool: "helm",
    args: ["template", name, `${name}/chart`, "--values", `${name}/values-${environment}.yaml`],
  };
  const flags = ["--kube-version", "1.36", "--include-crds", "--skip-tests", "--no-hooks"];
  const helm = { ...template, args: [...template.args, ...flags] };
  const overlay = `${name}/overlays/${environment}`;
  const kustomize = { tool: "kubectl", args: ["kustomize", overlay] };
  switch (kind) {
    case "helm":
      return { commands: [helm] };
    case "kustomize":
      return { commands: [kustomize] };
    case "chain":
      return { commands: [helm, kustomize], inputTo: `${overlay}/input.yaml` };
    case "jsonnet": {
      const args = ["--ext-str", `environment=${environment}`, `${name}/main.jsonnet`];
      return { commands: [{ tool: "jsonnet", args }] };
    }
  }
}

function deliveryFile(apps: readonly { readonly name: string; readonly kind: Kind }[]): string {
  const helm = (name: string) =>
    `{ helm: { chart: ${name}/chart, values: ["${name}/values-\${environment}.yaml"] } }`;
  const kustomize = (name: string) => `{ kustomize: { path: "${name}/overlays/\${environment}" } }`;
  const steps = (name: string, kind: Kind): string => {
    switch (kind) {
      case "helm":
        return helm(name);
      case "kustomize":
        return kustomize(name);
      case "chain":
        return `${helm(name)}, ${kustomize(name)}`;
      case "jsonnet":
        return `{ jsonnet: { file: ${name}/main.jsonnet } }`;
    }
  };
  const head = "apiVersion: fluxgate.dev/v1\nkind: Delivery\nmetadata: { name: bench }\napps:\n";
  const listed = apps.map(
    ({ name, kind }) => `  - { name: ${name}, render: [${steps(name, kind)}] }\n`,
  );
  const places = environments.map((name) => `  - { name: ${name}, kubernetesVersion: "1.36" }\n`);
  return `${head}${listed.join("")}environments:\n${places.join("")}`;
}

function plainObjects(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: "registry.fabrikam.com/${name}:1" }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
`;
}

function program(name: string): string {
  return `[{
  apiVersion: "v1", kind: "ConfigMap",
  metadata: { name: "${name}-%d" % i, labels: { environment: std.extVar("environment") } },
  data: { index: std.toString(i) },
} for i in std.range(1, 5)]
`;
}
