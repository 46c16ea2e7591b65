// A HelmRelease beside its chart, in a folder that a Kustomization applies.
export type ReleaseOptions = {
  readonly name: string;
  /** Folder of the chart in the manifests repository. */
  readonly chart: string;
  readonly namespace: string;
  readonly tag?: string;
  /** More of the spec, as YAML of two spaces. */
  readonly more?: string;
};

/** As YAML; its objects go to a namespace of its own. */
export function helmRelease(options: ReleaseOptions): string {
  const { name, chart, namespace, tag, more = "" } = options;
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 10m
  timeout: 7s
  releaseName: ${name}
  targetNamespace: ${namespace}
  chart:
    spec:
      chart: ${chart}
      interval: 2s
      sourceRef: { kind: GitRepository, name: manifests }
${tag === undefined ? "" : `  values: { tag: "${tag}" }\n`}${more}`;
}

/** Files of a chart with one Deployment, named from the chart's folder. */
export function chartFiles(version = "1.0.0"): Readonly<Record<string, string>> {
  return {
    "Chart.yaml": `apiVersion: v2\nname: app\nversion: ${version}\n`,
    "values.yaml": `tag: "1"\n`,
    "templates/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Release.Name }} }
spec:
  replicas: 1
  selector: { matchLabels: { app: {{ .Release.Name }} } }
  template:
    metadata: { labels: { app: {{ .Release.Name }} } }
    spec:
      containers: [{ name: main, image: "registry.fabrikam.com/app:{{ .Values.tag }}" }]
`,
  };
}

/** A ConfigMap of values for a HelmRelease. */
export function valuesMap(name: string, values: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: flux-system }
data:
  values.yaml: |
    ${values}
`;
}

/** The same files in a folder. */
export function inFolder(
  folder: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
  );
}
