// What the API refuses. Only rules that people meet: names, missing required fields, selectors,
// fields that may not change (k8s.io/kubernetes/pkg/apis/*/validation).
import { invalid, type FieldProblem } from "./api-failure.ts";
import { definitionProblems } from "./definition-rules.ts";
import type { Kind } from "./kinds.ts";
import { isRecord, sameJson, type KubeObject } from "./kube-object.ts";
import { podProblems, portProblems, records } from "./validate-pods.ts";

const workloads = ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job"];
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** @throws ApiFailure 422 with every problem of the object */
export function validate(kind: Kind, object: KubeObject, old: KubeObject | undefined): void {
  const problems = [
    ...nameProblems(kind, object),
    ...labelProblems(object),
    ...(kind.custom ? definitionProblems(object) : builtInProblems(object, old)),
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
  if (object.kind === "Ingress") return ingressProblems(spec);
  if (!workloads.includes(object.kind)) return [];
  const template = isRecord(spec["template"]) ? spec["template"] : {};
  const podSpec = isRecord(template["spec"]) ? template["spec"] : {};
  const before = isRecord(old?.spec) ? old.spec : undefined;
  return [
    ...replicaProblems(spec),
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

function serviceProblems(spec: Record<string, unknown>): FieldProblem[] {
  const ports = records(spec["ports"]);
  if (ports.length === 0) {
    if (spec["type"] === "ExternalName" || spec["clusterIP"] === "None") return [];
    return [{ field: "spec.ports", message: "Required value" }];
  }
  return ports.flatMap(({ name, port }, index) => [
    ...(ports.length > 1 && !name
      ? [{ field: `spec.ports[${index}].name`, message: "Required value" }]
      : []),
    ...portProblems(port, `spec.ports[${index}].port`),
  ]);
}

function ingressProblems(spec: Record<string, unknown>): FieldProblem[] {
  const rules = records(spec["rules"]);
  if (rules.length === 0 && !spec["defaultBackend"]) {
    const message = "Invalid value: null: either `defaultBackend` or `rules` must be specified";
    return [{ field: "spec", message }];
  }
  return rules.flatMap(({ http }, rule) =>
    records(isRecord(http) ? http["paths"] : []).flatMap(({ pathType }, path) =>
      pathType
        ? []
        : [
            {
              field: `spec.rules[${rule}].http.paths[${path}].pathType`,
              message: "Required value: pathType must be specified",
            },
          ],
    ),
  );
}

function replicaProblems({ replicas }: Record<string, unknown>): FieldProblem[] {
  if (typeof replicas !== "number" || replicas >= 0) return [];
  const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
  return [{ field: "spec.replicas", message }];
}

function labelProblems({ metadata }: KubeObject): FieldProblem[] {
  return Object.values(metadata.labels ?? {})
    .filter((value) => !labelValue.test(value))
    .map((value) => ({
      field: "metadata.labels",
      message: `Invalid value: ${JSON.stringify(value)}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    }));
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
