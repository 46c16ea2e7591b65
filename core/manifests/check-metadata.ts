import { ownEntry } from "../own-entry.ts";
import { splitApiVersion } from "./identity.ts";
import type { KubernetesObject } from "./identity.ts";
import { nameProblem } from "./check-name.ts";
import { isRecord } from "./parse.ts";

const labelPart = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const maxAnnotations = 256 * 1024;

/**
 * What the API server refuses about an object's name, namespace, labels and annotations and those
 * of its pod template; its schemas do not say it (k8s.io/apimachinery pkg/api/validation). What
 * Flux still substitutes (`${NAME}`) cannot be told.
 */
export function metadataProblems(object: KubernetesObject, minor: number): readonly string[] {
  const { name, namespace } = object.metadata;
  const [group] = splitApiVersion(object.apiVersion);
  const wrongName = isOpen(name) ? undefined : nameProblem(object, minor);
  const inNamespace = namespace !== undefined && namespace !== "" && !isOpen(namespace);
  return [
    ...(wrongName === undefined ? [] : [`metadata.name ${quoted(name)} ${wrongName}`]),
    ...(inNamespace &&
    !(namespace.length <= 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(namespace))
      ? [`metadata.namespace ${quoted(namespace)} must be at most 63 of a-z, 0-9 and "-"`]
      : []),
    ...labelProblems(object.metadata["labels"], "metadata.labels"),
    ...annotationProblems(object.metadata["annotations"], "metadata.annotations"),
    ...(ownEntry(ownEntry(templatesOf, group) ?? {}, object.kind) ?? []).flatMap((path) =>
      inTemplate(object, path),
    ),
  ];
}

const workload = "spec.template.metadata";
const templatesOf: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  apps: {
    Deployment: [workload],
    DaemonSet: [workload],
    StatefulSet: [workload],
    ReplicaSet: [workload],
  },
  batch: { Job: [workload], CronJob: ["spec.jobTemplate.spec.template.metadata"] },
};

function inTemplate(object: KubernetesObject, path: string): readonly string[] {
  const metadata = path
    .split(".")
    .reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), object);
  if (!isRecord(metadata)) return [];
  return [
    ...labelProblems(metadata["labels"], `${path}.labels`),
    ...annotationProblems(metadata["annotations"], `${path}.annotations`),
  ];
}

function labelProblems(labels: unknown, path: string): readonly string[] {
  if (!isRecord(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) => {
    const wrong = isOpen(key) ? undefined : keyProblem(key);
    const isWrong = typeof value === "string" && !isOpen(value) && !isLabelValue(value);
    return [
      ...(wrong === undefined ? [] : [`${path} has the key ${quoted(key)}: ${wrong}`]),
      ...(isWrong
        ? [
            `${path}["${key}"] must be at most 63 letters, digits, "-", "_" and "." that begin and end with a letter or digit, not ${quoted(value)}`,
          ]
        : []),
    ];
  });
}

/** Whether the API server takes the text as a label's value. */
export function isLabelValue(text: string): boolean {
  return text === "" || (text.length <= 63 && labelPart.test(text));
}

function annotationProblems(annotations: unknown, path: string): readonly string[] {
  if (!isRecord(annotations)) return [];
  const entries = Object.entries(annotations);
  const size = entries.reduce(
    (sum, [key, value]) => sum + bytesOf(key) + (typeof value === "string" ? bytesOf(value) : 0),
    0,
  );
  return [
    ...entries.flatMap(([key]) => {
      const wrong = isOpen(key) ? undefined : keyProblem(key.toLowerCase());
      return wrong === undefined ? [] : [`${path} has the key ${quoted(key)}: ${wrong}`];
    }),
    ...(size > maxAnnotations
      ? [`${path} are ${size} bytes long, at most ${maxAnnotations} are taken`]
      : []),
  ];
}

function keyProblem(key: string): string | undefined {
  const parts = key.split("/");
  const [prefix, name = ""] = parts.length === 1 ? [undefined, key] : parts;
  if (parts.length > 2) return `it may have one "/"`;
  if (prefix !== undefined && (prefix.length > 253 || !subdomain.test(prefix))) {
    return `what is before the "/" must be a DNS name in small letters`;
  }
  if (name.length <= 63 && labelPart.test(name)) return undefined;
  return `it must be at most 63 letters, digits, "-", "_" and "." that begin and end with a letter or digit`;
}

function isOpen(text: string): boolean {
  return text.includes("${");
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
