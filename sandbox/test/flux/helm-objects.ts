// A chart with a Deployment, a ConfigMap and a test, and a HelmRelease of it.
import { stringify } from "yaml";
import { fluxNamespace, gitRepository } from "./flux-objects.ts";
import type { At, Seen, World } from "./flux-world.ts";

export function helmReleaseAt(name: string): At {
  const apiVersion = "helm.toolkit.fluxcd.io/v2";
  return { apiVersion, kind: "HelmRelease", namespace: fluxNamespace, name };
}

export function helmChartAt(name: string): At {
  const apiVersion = "source.toolkit.fluxcd.io/v1";
  const full = `${fluxNamespace}-${name}`;
  return { apiVersion, kind: "HelmChart", namespace: fluxNamespace, name: full };
}

const templates = {
  "deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Release.Name }} }
spec:
  replicas: 1
  selector: { matchLabels: { app: {{ .Values.app | default .Release.Name }} } }
  template:
    metadata: { labels: { app: {{ .Values.app | default .Release.Name }} } }
    spec:
      containers: [{ name: main, image: "registry.fabrikam.com/shop/app:{{ .Values.tag }}" }]
`,
  "settings.yaml": `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-settings }
data: { greeting: {{ .Values.greeting | quote }} }
`,
  "tests/ping.yaml": `apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name }}-ping, annotations: { helm.sh/hook: test } }
spec:
  restartPolicy: Never
  containers: [{ name: ping, image: "registry.fabrikam.com/shop/ping:{{ .Values.pingTag }}" }]
`,
  "wrong.yaml": `{{- if .Values.wrong }}{{ fail .Values.wrong }}{{ end }}\n`,
};

/** Files of the chart in folder `chart`. */
export function chartFiles(
  version = "1.0.0",
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const chart = { apiVersion: "v2", name: "app", version, appVersion: "3" };
  const files = Object.entries({ ...templates, ...more }).map(
    ([name, text]) => [`chart/templates/${name}`, text] as const,
  );
  return {
    "chart/Chart.yaml": stringify(chart),
    "chart/values.yaml": stringify({ tag: "1", greeting: "hello", pingTag: "1" }),
    ...Object.fromEntries(files),
  };
}

/** Of the chart in the GitRepository of the same name, into namespace `default`. */
export function helmRelease({ flux }: World, name: string, spec: object = {}): object {
  // The real controller looks at health every five seconds.
  const timeout = flux.form === "real" ? "8s" : "3s";
  return {
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name, namespace: fluxNamespace },
    spec: {
      ...{ interval: "10m", timeout, targetNamespace: "default", releaseName: name },
      chart: {
        spec: { chart: "chart", interval: "1s", sourceRef: { kind: "GitRepository", name } },
      },
      ...spec,
    },
  };
}

/** Pushes the chart, applies source and release. */
export async function release(world: World, name: string, spec: object = {}): Promise<string> {
  const commit = await world.push(name, chartFiles());
  await world.apply(gitRepository(world, name), helmRelease(world, name, spec));
  return commit;
}

/** The history as `v2 failed upgrade`, newest first. */
export function shownHistory({ status }: Seen): readonly string[] {
  return (status.history ?? []).map(({ version, status: state, action }) =>
    [`v${version}`, state, action].filter(Boolean).join(" "),
  );
}
