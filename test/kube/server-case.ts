import { parse } from "yaml";
import type { KubernetesObject } from "../../core/manifests/identity.ts";

export const podSpec =
  "{ containers: [{ name: a, image: a, ports: [{ name: http, containerPort: 80 }] }] }";
export const template = `{ metadata: { labels: { app: a } }, spec: ${podSpec} }`;
export const job = `{ metadata: { labels: { app: a } }, spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }`;
export const selected = `selector: { matchLabels: { app: a } }, template: ${template}`;
export const hook = `{ name: a.b.io, sideEffects: None, admissionReviewVersions: [v1], clientConfig: { url: "https://a.b/c" }, rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }] }`;
export const subject = "{ kind: ServiceAccount, name: a, namespace: default }";
export const object = (apiVersion: string, kind: string, rest: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, namespace: default }, ${rest} }`;
export const cluster = (apiVersion: string, kind: string, rest: string) =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a }, ${rest} }`;
export const called = (name: string, text: string) =>
  text.replace("{ name: a }", `{ name: ${name} }`);

/** An object that the API server takes, and changes of it. A change is `path: value`. */
export type ServerCase = {
  readonly valid: string;
  /** Mistakes that schemas find too. */
  readonly unfit?: readonly Change[];
  /** Mistakes that the API server's own code alone finds. */
  readonly wrong?: readonly Change[];
  readonly update?: readonly Change[];
  /** Changes that an update may make. */
  readonly fine?: readonly Change[];
};

/** `path: value`; null takes the field away. */
export type Change = Readonly<Record<string, unknown>>;

/** All mistakes of a case. */
export function mistakesIn({ unfit = [], wrong = [] }: ServerCase): readonly Change[] {
  return [...unfit, ...wrong];
}

/** The object of a case, changed. */
export function changed(text: string, change: Change = {}): KubernetesObject {
  const root = parse(text) as Record<string, unknown>;
  for (const [path, value] of Object.entries(change)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let at: Record<string, unknown> = root;
    for (const key of keys) at = (at[key] ??= {}) as Record<string, unknown>;
    if (value === null && Array.isArray(at)) at.splice(Number(last), 1);
    else if (value === null) delete at[last];
    else at[last] = value;
  }
  return root as KubernetesObject;
}
