import type { ChartReference, Step } from "./delivery.ts";
import type { AppFile, StepFile } from "./delivery-file.ts";

/** Token form where a step names none. */
const defaultPattern = "#{name}#";
const jsonnetDefaults = {
  libraries: [],
  extVars: {},
  topLevelArguments: {},
  argumentsFromVariables: {},
  transform: false,
  multi: false,
};

/** A step with its defaults. */
export function stepOf(step: StepFile, at: { readonly app: AppFile; readonly line: number }): Step {
  const { as = "documents", highLevel = false } = step;
  const common = { as, highLevel, line: at.line };
  if (step.helm) {
    const { namespace = at.app.namespace, ...helm } = step.helm;
    return {
      ...common,
      engine: "helm",
      chart: chartOf(helm),
      release: helm.release ?? at.app.name,
      ...(namespace === undefined ? {} : { namespace }),
      values: helm.values ?? [],
      set: helm.set ?? {},
      setFiles: helm.setFiles ?? {},
      setFromVariables: helm.setFromVariables ?? {},
      includeCRDs: helm.includeCRDs ?? true,
      skipTests: helm.skipTests ?? true,
      hooks: helm.hooks ?? false,
      apiVersions: helm.apiVersions ?? [],
      skipSchemaValidation: helm.skipSchemaValidation ?? false,
    };
  }
  if (step.kustomize) {
    const { path, enableHelm = false, loadRestrictor = "rootOnly" } = step.kustomize;
    return { ...common, engine: "kustomize", path, enableHelm, loadRestrictor };
  }
  if (step.tokens) {
    const { path, pattern = defaultPattern, patterns = [pattern] } = step.tokens;
    const { escape = "\\", inPlace = false } = step.tokens;
    const place = path === undefined ? {} : { path };
    return { ...common, engine: "tokens", ...place, patterns, escape, inPlace };
  }
  if (step.jsonnet) {
    return { ...common, engine: "jsonnet", ...jsonnetDefaults, ...step.jsonnet };
  }
  return { ...common, engine: "copy", path: step.copy?.path ?? "." };
}

function chartOf({
  chart,
  repository,
  version = "",
}: NonNullable<StepFile["helm"]>): string | ChartReference {
  if (repository !== undefined) return { name: chart, version, from: repository };
  if (!chart.startsWith("oci://")) return chart;
  return { name: chart.slice(chart.lastIndexOf("/") + 1), version, from: chart };
}
