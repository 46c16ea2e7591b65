import { isRecord } from "../manifests/parse.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { RepositoryFile } from "./repository-file.ts";

/** What steps that deploy, or render to deploy, say of it, as far as it is written out. */
export type DeployFacts = {
  /** Namespaces that objects without one go to; a text with a variable as it stands. */
  readonly namespaces: readonly string[];
  /** Chart folder → names of its releases. */
  readonly releases: ReadonlyMap<string, readonly string[]>;
};

/** Reads KubernetesManifest, HelmDeploy and Kubernetes steps, and helm and kubectl in scripts. */
export function readDeployFacts(pipelines: readonly RepositoryFile[]): DeployFacts {
  const namespaces = new Set<string>();
  const releases = new Map<string, readonly string[]>();
  const release = (chart: string, name: string) => {
    const folder = chart.replace(/^(\$\(\w[\w.]*\)|\.)\//, "").replace(/\/+$/, "");
    if (folder === "" || name === "") return;
    releases.set(folder, [...new Set([...(releases.get(folder) ?? []), name])]);
  };
  for (const { task, inputs, script } of pipelines.flatMap(({ text }) => stepsIn(text))) {
    if (/^(KubernetesManifest|HelmDeploy|Kubernetes)@/.test(task)) {
      const namespace = textOf(inputs["namespace"]);
      if (namespace !== "") namespaces.add(namespace);
      const chart = textOf(inputs["helmChart"]) || textOf(inputs["chartPath"]);
      release(chart, textOf(inputs["releaseName"]));
    }
    for (const line of script.replaceAll(/\\\r?\n/g, " ").split("\n")) {
      if (!/\b(kubectl apply|helm (upgrade|install))\b/.test(line)) continue;
      const [, namespace = ""] = /\s(?:-n|--namespace)[ =]["']?([^\s"']+)/.exec(line) ?? [];
      if (namespace !== "") namespaces.add(namespace);
      const [, name = "", chart = ""] =
        /\bhelm upgrade\s+(?:--install\s+|-i\s+)?([\w.$(){}-]+)\s+([\w./$()-]+)/.exec(line) ?? [];
      release(chart, name);
    }
  }
  return { namespaces: [...namespaces], releases };
}

type FoundStep = {
  readonly task: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly script: string;
};

function stepsIn(text: string): readonly FoundStep[] {
  const found: FoundStep[] = [];
  // What an anchor names stands in many places, and may hold itself.
  const seen = new Set<unknown>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || seen.has(node)) return;
    seen.add(node);
    if (Array.isArray(node)) return node.forEach(walk);
    if (!isRecord(node)) return;
    const inputs = isRecord(node["inputs"]) ? node["inputs"] : {};
    const scripts = [node["script"], node["bash"], node["pwsh"], node["powershell"]];
    const script = [...scripts, inputs["script"], inputs["inlineScript"]].map(textOf).join("\n");
    const task = textOf(node["task"]);
    if (task !== "" || script.trim() !== "") found.push({ task, inputs, script });
    for (const value of Object.values(node)) walk(value);
  };
  // Of one that is no YAML; what its lines say is read elsewhere.
  walk(parseYaml(text));
  return found;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
