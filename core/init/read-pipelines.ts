import { buildContexts, type KnownContext } from "./build-contexts.ts";
import { type DeployFacts, readDeployFacts } from "./deploy-steps.ts";
import { environmentIn } from "./environment-names.ts";
import type { RepositoryFile } from "./repository-file.ts";

/** What pipelines that are there already say. */
export type KnownPipelines = {
  readonly files: readonly string[];
  readonly contexts: ReadonlyMap<string, KnownContext>;
  /** Environment → variable groups whose names hold it. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly environments: readonly string[];
  /** Where they deploy, which Flux will do. */
  readonly deploys: readonly {
    readonly place: string;
    readonly task: string;
    readonly does: "deploys" | "bakes";
  }[];
  readonly facts: DeployFacts;
};

const isPipeline =
  /(^|\/)azure-pipelines?[^/]*\.ya?ml$|^\.?(azure-)?pipelines?\/.+\.ya?ml$|^\.azuredevops\/.+\.ya?ml$/;

export function readPipelines(files: readonly RepositoryFile[]): KnownPipelines {
  const pipelines = files.filter(({ path }) => isPipeline.test(path));
  const groups = new Map<string, readonly string[]>();
  const environments = new Set<string>();
  const deploys: KnownPipelines["deploys"][number][] = [];
  for (const { path, text } of pipelines) {
    const lines = text.split("\n");
    for (const [at, line] of lines.entries()) {
      const group = /(?:^|[{[,-])\s*group:\s*["']?([^"'#,}\]]*[^"'#,}\]\s])/.exec(line)?.[1];
      const environment = group === undefined ? undefined : environmentIn(group);
      if (group !== undefined && environment !== undefined) {
        groups.set(environment, [...new Set([...(groups.get(environment) ?? []), group])]);
        environments.add(environment);
      }
      const target = /^\s*(?:-\s*)?(?:environment|stage):\s*["']?([\w.-]+)/.exec(line)?.[1];
      const named = target === undefined ? undefined : environmentIn(target);
      if (named !== undefined) environments.add(named);
      const task = /^\s*-?\s*task:\s*((?:KubernetesManifest|HelmDeploy|Kubernetes)@\d+)/.exec(
        line,
      )?.[1];
      const script = /\b(kubectl apply|helm upgrade|kustomize build)\b/.exec(line)?.[1];
      const deploy = task ?? script;
      if (deploy === undefined) continue;
      const does = isBake(lines.slice(at + 1)) ? "bakes" : "deploys";
      deploys.push({ place: `${path}:${at + 1}`, task: deploy, does });
    }
  }
  const { length } = pipelines;
  return {
    files: length === 0 ? [] : pipelines.map(({ path }) => path),
    contexts: buildContexts(pipelines),
    groups,
    environments: [...environments],
    deploys,
    facts: readDeployFacts(pipelines),
  };
}

// Of the lines below a step's first one, as far as they are its own.
function isBake(below: readonly string[]): boolean {
  const next = below.findIndex((line) => /^\s*-\s/.test(line));
  const own = next === -1 ? below : below.slice(0, next);
  return own.some((line) => /^\s*action:\s*["']?bake\b/i.test(line));
}
