import { isRecord } from "../manifests/parse.ts";
import { isLeftAlone } from "./flux-substitution.ts";
import type { KubernetesObject } from "../manifests/identity.ts";

// In free text (scripts, configuration files) `${X}`, `__x__` and `{{ x }}` have meanings of their
// own, and Kubernetes itself expands `$(X)` in a container's command, arguments and environment.
// Repetitions are bounded: an open one takes minutes for a text that is made for it.
const anywhere = [/#\{[A-Za-z][\w.-]{0,200}\}#/, /<no value>/];
const inFields = [
  ...anywhere,
  /\$\{[A-Za-z_][^}]{0,500}\}/,
  /\$\([A-Za-z_]\w{0,200}\)/,
  /__[A-Za-z][A-Za-z0-9.-]*(?:_[A-Za-z0-9.-]+)*__/,
  /\{\{-?\s*\.?[A-Za-z][^}]{0,500}\}\}/,
];
const freeText = new Set([
  "data",
  "stringData",
  "binaryData",
  "command",
  "args",
  "env",
  "subPathExpr",
]);
// Fields of custom resources hold templates of their own tools (Prometheus relabels `__address__`,
// Argo and Kyverno read `{{x}}`, Tekton `$(x)`); `${x}` is Flux's and nobody's by default.
const inCustomResources = [...anywhere, /\$\{[A-Za-z_][^}]{0,500}\}/];
const otherTemplates =
  /^(PrometheusRule|Alert|Workflow|WorkflowTemplate|CustomResourceDefinition|ExternalSecret|EnvoyFilter|Composition)$/;

/**
 * Placeholders that nothing replaced, each with its field; not `${NAME}` where Flux substitutes, of
 * which flux-substitution.ts or Flux's own build tell more.
 */
export function placeholdersIn(
  object: KubernetesObject,
  isSubstituted: boolean,
): readonly string[] {
  const found: string[] = [];
  const strict = !otherTemplates.test(object.kind);
  const forms = isKubernetesOwn(object.apiVersion) ? inFields : inCustomResources;
  const substituted = isSubstituted && !isLeftAlone(object);
  visit(object, "", strict);
  return found;

  function visit(value: unknown, path: string, fields: boolean): void {
    if (typeof value === "string") {
      const wanted = fields && !value.includes("\n") ? forms : anywhere;
      const match = wanted
        .map((form) => form.exec(value)?.[0])
        .find((each) => each !== undefined && !(substituted && each.startsWith("${")));
      if (match !== undefined) found.push(`${path} still holds ${match}`);
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => visit(item, `${path}[${index}]`, fields));
    } else if (isRecord(value)) {
      for (const [key, child] of Object.entries(value)) {
        const inner = path === "" ? key : `${path}.${key}`;
        visit(key, inner, fields && path !== "");
        const free = freeText.has(key) || isFreeAnnotation(path) || isChartsValues(object, inner);
        visit(child, inner, fields && !free);
      }
    }
  }
}

function isKubernetesOwn(apiVersion: string): boolean {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return !group.includes(".") || /(^|\.)(k8s\.io|fluxcd\.io)$/.test(group);
}

// Values are the chart's: its templates may expand what stands in them.
function isChartsValues({ kind }: KubernetesObject, path: string): boolean {
  return kind === "HelmRelease" && path === "spec.values";
}

// Annotations carry documents of other tools.
function isFreeAnnotation(path: string): boolean {
  return path.endsWith("annotations");
}
