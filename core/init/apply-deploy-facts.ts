import type { StepFile } from "../delivery/steps/registry.ts";
import { namespace as schemaOfNamespace } from "../delivery/schema-words.ts";
import type { DeployFacts } from "./deploy-steps.ts";
import type { FoundApp } from "./found-app.ts";

const plainName = new RegExp(schemaOfNamespace.pattern);

/** The one namespace that is named wherever one is: objects without one keep it so. */
export function namespaceOf({ namespaces }: DeployFacts): {
  readonly namespace: string | undefined;
  readonly notes: readonly string[];
} {
  const [only] = namespaces;
  if (only === undefined) return { namespace: undefined, notes: [] };
  if (namespaces.length === 1 && plainName.test(only)) {
    return {
      namespace: only,
      notes: [`objects without a namespace get ${only}, where the pipeline deploys them`],
    };
  }
  return {
    namespace: undefined,
    notes: [
      `the pipeline deploys into ${namespaces.join(", ")}: objects that name no namespace need it in their own files, or by the app's namespace`,
    ],
  };
}

/** Names of releases as the pipeline gives them: names of objects are made of them. */
export function withReleases(
  apps: readonly FoundApp[],
  { releases }: DeployFacts,
): readonly FoundApp[] {
  return apps.map((app) => {
    const notes: string[] = [];
    const render = app.render.map((step): StepFile => {
      if (!("helm" in step)) return step;
      const names = releases.get(step.helm.chart) ?? [];
      const [only] = names;
      if (only === undefined || only === step.helm.release) return step;
      if (names.length === 1 && plainName.test(only) && only.length <= 53) {
        return { ...step, helm: { ...step.helm, release: only } };
      }
      notes.push(
        `chart ${step.helm.chart}: the pipeline calls its release ${names.join(", ")}; objects keep their names only where release is the same`,
      );
      return step;
    });
    return { ...app, render, notes: [...app.notes, ...notes] };
  });
}
