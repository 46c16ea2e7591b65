// What the API refuses. Only rules that people meet: names, missing required fields, selectors,
// fields that may not change (k8s.io/kubernetes/pkg/apis/*/validation).
import { invalid, type FieldProblem } from "./api-failure.ts";
import type { Kind } from "./kinds.ts";
import { isRecord, sameJson, type KubeObject } from "./kube-object.ts";

const workloads = ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job"];
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** @throws ApiFailure 422 with every problem of the object */
export function validate(kind: Kind, object: KubeObject, old: KubeObject | undefined): void {
  const problems = [
    ...nameProblems(kind, object),
    ...(kind.custom ? [] : builtInProblems(object, old)),
  ];
  if (problems.length > 0) throw invalid(kind, object.metadata.name, problems);
}

function nameProblems(kind: Kind, { metadata }: KubeObject): FieldProblem[] {
  if (!metadata.name) {
    return [
      { field: "metadata.name", message: "Required value: name or generateName is required" },
    ];
  }
  if (kind.group === "rbac.authorization.k8s.io" || subdomain.test(metadata.name)) return [];
  return [
    {
      field: "metadata.name",
      message: `Invalid value: ${JSON.stringify(metadata.name)}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
    },
  ];
}

function builtInProblems(object: KubeObject, old: KubeObject | undefined): FieldProblem[] {
  const spec = isRecord(object.spec) ? object.spec : {};
  if (object.kind === "Pod") return podProblems(spec, "spec");
  if (object.kind === "Service") return serviceProblems(spec);
  if (!workloads.includes(object.kind)) return [];
  const template = isRecord(spec["template"]) ? spec["template"] : {};
  const podSpec = isRecord(template["spec"]) ? template["spec"] : {};
  const before = isRecord(old?.spec) ? old.spec : undefined;
  return [
    ...(object.kind === "Job" ? [] : selectorProblems(spec, template)),
    ...podProblems(podSpec, "spec.template.spec"),
    ...immutableFields(object.kind)
      .filter((field) => before && !sameJson(before[field], spec[field]))
      .map((field) => ({
        field: `spec.${field}`,
        message: `Invalid value: ${JSON.stringify(spec[field])}: field is immutable`,
      })),
  ];
}

function selectorProblems(
  spec: Record<string, unknown>,
  template: Record<string, unknown>,
): FieldProblem[] {
  const selector = isRecord(spec["selector"]) ? spec["selector"] : {};
  const wanted = isRecord(selector["matchLabels"]) ? selector["matchLabels"] : {};
  const metadata = isRecord(template["metadata"]) ? template["metadata"] : {};
  const labels = isRecord(metadata["labels"]) ? metadata["labels"] : undefined;
  if (Object.keys(selector).length === 0) {
    return [
      { field: "spec.selector", message: "Required value" },
      {
        field: "spec.template.metadata.labels",
        message: `Invalid value: ${JSON.stringify(labels ?? null)}: \`selector\` does not match template \`labels\``,
      },
    ];
  }
  if (Object.entries(wanted).every(([key, value]) => labels?.[key] === value)) return [];
  return [
    {
      field: "spec.template.metadata.labels",
      message: `Invalid value: ${JSON.stringify(labels ?? null)}: \`selector\` does not match template \`labels\``,
    },
  ];
}

function podProblems(spec: Record<string, unknown>, at: string): FieldProblem[] {
  const containers = Array.isArray(spec["containers"]) ? spec["containers"] : [];
  if (containers.length === 0) return [{ field: `${at}.containers`, message: "Required value" }];
  return containers.filter(isRecord).flatMap((container, index) =>
    ["name", "image"]
      .filter((field) => !container[field])
      .map((field) => ({
        field: `${at}.containers[${index}].${field}`,
        message: "Required value",
      })),
  );
}

function serviceProblems(spec: Record<string, unknown>): FieldProblem[] {
  const ports = Array.isArray(spec["ports"]) ? spec["ports"] : [];
  if (ports.length > 0 || spec["type"] === "ExternalName" || spec["clusterIP"] === "None")
    return [];
  return [{ field: "spec.ports", message: "Required value" }];
}

function immutableFields(kind: string): readonly string[] {
  switch (kind) {
    case "Job":
      return ["completions", "selector", "template"];
    case "StatefulSet":
      return ["selector", "serviceName", "podManagementPolicy"];
    default:
      return ["selector"];
  }
}
