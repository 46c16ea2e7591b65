// Pairs of objects, before and after, with the risks that must be found in their change, as
// `severity rule`, and no others.
import { deployment, object } from "./manifests.ts";

export type LabelledPair = {
  readonly name: string;
  readonly before: readonly object[];
  readonly after: readonly object[];
  readonly risks: readonly string[];
};

type Sides = readonly [before: object | readonly object[], after: object | readonly object[]];

export function pair(
  name: string,
  [before, after]: Sides,
  ...risks: readonly string[]
): LabelledPair {
  return { name, before: [before].flat(), after: [after].flat(), risks };
}

export const pod =
  (spec: object, container: object = {}) =>
  (other: object, its: object = {}) =>
    [withPod(spec, container), withPod(other, its)] as const;
export function withPod(spec: object, container: object) {
  return object("apps/v1", "Deployment", {
    spec: {
      template: {
        spec: { ...spec, containers: [{ name: "a", image: "r/a:1.0.0", ...container }] },
      },
    },
  });
}
export const container = (before: object, after: object): Sides => pod({}, before)({}, after);
export const spec =
  (api: string, kind: string) =>
  (before: object, after: object): Sides => [
    object(api, kind, { spec: before }),
    object(api, kind, { spec: after }),
  ];
export const of = (api: string, kind: string, body: object = {}) => object(api, kind, body);
export const annotatedService = (annotations: object, body: object = {}) =>
  object("v1", "Service", { metadata: { name: "api", namespace: "shop", annotations }, ...body });
export const rbac = "rbac.authorization.k8s.io/v1";
export const role = (resources: string[], verbs: string[]) =>
  of(rbac, "ClusterRole", { rules: [{ apiGroups: [""], resources, verbs }] });
export const flux = spec("kustomize.toolkit.fluxcd.io/v1", "Kustomization");
export const release = spec("helm.toolkit.fluxcd.io/v2", "HelmRelease");
export const chart = (version: string) => ({ chart: { spec: { chart: "web", version } } });
export const policy = spec("networking.k8s.io/v1", "NetworkPolicy");
export const ingress = spec("networking.k8s.io/v1", "Ingress");
export const service = spec("v1", "Service");
export const hooks = (failurePolicy: string) =>
  of("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", {
    webhooks: [{ name: "w", failurePolicy, rules: [] }],
  });
export const namespace = (level: string) =>
  of("v1", "Namespace", {
    metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": level } },
  });
export const web = { podSelector: { matchLabels: { app: "web" } } };
export const mounted = (name: string) => deployment({ envFrom: [{ configMapRef: { name } }] });
export const labelled = (app: string) =>
  of("apps/v1", "Deployment", {
    spec: {
      template: {
        metadata: { labels: { app } },
        spec: { containers: [{ name: "a", image: "r/a:1" }] },
      },
    },
  });
export const selecting = of("v1", "Service", { spec: { selector: { app: "api" } } });
