// What the API refuses about containers (k8s.io/kubernetes/pkg/apis/core/validation), as far as
// people meet it.
import type { FieldProblem } from "./api-failure.ts";
import { isRecord } from "./kube-object.ts";

type Fields = Record<string, unknown>;

const pullPolicies = ["Always", "IfNotPresent", "Never"];

/** Problems of a pod's spec that lies at `at`. */
export function podProblems(spec: Fields, at: string): FieldProblem[] {
  const containers = records(spec["containers"]);
  if (containers.length === 0) return [{ field: `${at}.containers`, message: "Required value" }];
  const volumes = records(spec["volumes"]).map(({ name }) => name);
  return [
    ...containers.flatMap((container, index) =>
      containerProblems(container, { at: `${at}.containers[${index}]`, volumes }),
    ),
    ...records(spec["initContainers"]).flatMap((container, index) =>
      containerProblems(container, { at: `${at}.initContainers[${index}]`, volumes }),
    ),
  ];
}

function containerProblems(
  container: Fields,
  { at, volumes }: { readonly at: string; readonly volumes: readonly unknown[] },
): FieldProblem[] {
  const { imagePullPolicy: policy } = container;
  return [
    ...["name", "image"]
      .filter((field) => !container[field])
      .map((field) => ({ field: `${at}.${field}`, message: "Required value" })),
    ...records(container["ports"]).flatMap(({ containerPort }, index) =>
      portProblems(containerPort, `${at}.ports[${index}].containerPort`),
    ),
    ...records(container["volumeMounts"])
      .map(({ name }, index) => ({ name, field: `${at}.volumeMounts[${index}].name` }))
      .filter(({ name }) => !volumes.includes(name))
      .map(({ name, field }) => ({ field, message: `Not found: ${JSON.stringify(name)}` })),
    ...(typeof policy === "string" && !pullPolicies.includes(policy)
      ? [{ field: `${at}.imagePullPolicy`, message: unsupported(policy, pullPolicies) }]
      : []),
  ];
}

export function portProblems(port: unknown, field: string): FieldProblem[] {
  if (typeof port === "number" && port >= 1 && port <= 65_535) return [];
  const message = `Invalid value: ${JSON.stringify(port ?? 0)}: must be between 1 and 65535, inclusive`;
  return [{ field, message }];
}

export function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function unsupported(value: string, allowed: readonly string[]): string {
  const values = allowed.map((one) => JSON.stringify(one)).join(", ");
  return `Unsupported value: ${JSON.stringify(value)}: supported values: ${values}`;
}
