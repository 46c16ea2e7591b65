// What the benches of the diff and of the hub compare: rendered manifests, made and not taken, in the
// sizes of public upgrades (a monitoring stack's is 5 MB in 124 objects, of which 121 change).

export type Workload = {
  readonly name: string;
  /** Texts by path, before and after. */
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
};

const lines = (...all: readonly string[]) => `${all.join("\n")}\n`;

function deployment(index: number, version: string): string {
  const name = `service-${index}`;
  return lines(
    "apiVersion: apps/v1",
    "kind: Deployment",
    `metadata: { name: ${name}, namespace: shop, labels: { helm.sh/chart: shop-${version} } }`,
    "spec:",
    `  replicas: ${2 + (index % 3)}`,
    `  selector: { matchLabels: { app: ${name} } }`,
    "  template:",
    `    metadata: { labels: { app: ${name} } }`,
    "    spec:",
    "      containers:",
    `        - name: ${name}`,
    `          image: registry.example.com/shop/${name}:${version}`,
    "          env:",
    ...Array.from({ length: 12 }, (_, at) => `            - { name: V_${at}, value: "${at}" }`),
    "          resources: { requests: { cpu: 100m, memory: 128Mi } }",
  );
}

/** A definition of a custom resource whose schema has so many fields; `more` of them are new. */
function definition(index: number, { fields, more }: { fields: number; more: number }): string {
  const kind = `Thing${index}`;
  const field = (at: number) => [
    `                field${at}:`,
    `                  description: What field ${at} of a ${kind} means, in a sentence of a usual length.`,
    "                  type: string",
    `                  maxLength: ${100 + at}`,
  ];
  return lines(
    "apiVersion: apiextensions.k8s.io/v1",
    "kind: CustomResourceDefinition",
    `metadata: { name: thing${index}s.example.com }`,
    "spec:",
    "  group: example.com",
    `  names: { kind: ${kind}, plural: thing${index}s }`,
    "  scope: Namespaced",
    "  versions:",
    "    - name: v1",
    "      served: true",
    "      storage: true",
    "      schema:",
    "        openAPIV3Schema:",
    "          type: object",
    "          properties:",
    "            spec:",
    "              type: object",
    "              properties:",
    // New fields stand among the old ones, as in a real upgrade.
    ...Array.from({ length: fields }, (_, at) => at).flatMap((at) => [
      ...field(at),
      ...(more > 0 && at % Math.ceil(fields / more) === 0 ? field(fields + at) : []),
    ]),
  );
}

/** A dashboard: JSON in a ConfigMap, most of whose panels moved. */
function dashboard(index: number, shift: number): string {
  const panels = Array.from({ length: 90 }, (_, at) => ({
    id: at,
    title: `Panel ${at}`,
    gridPos: { h: 7, w: 12, x: 0, y: at * 7 + (at > 45 ? shift : 0) },
    targets: [{ expr: `sum(rate(requests_total{panel="${at}"}[5m])) by (code)` }],
  }));
  const json = JSON.stringify({ title: `Dashboard ${index}`, panels }, undefined, 2);
  return lines(
    "apiVersion: v1",
    "kind: ConfigMap",
    `metadata: { name: dashboard-${index}, namespace: monitoring, labels: { helm.sh/chart: m-${shift} } }`,
    "data:",
    "  dashboard.json: |-",
    ...json.split("\n").map((line) => `    ${line}`),
  );
}

function side(entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map(entries);
}

/** Twelve images of a release go up. */
export function promotion(): Workload {
  const of = (version: string) =>
    side(Array.from({ length: 12 }, (_, at) => [`d-${at}.yaml`, deployment(at, version)]));
  return { name: "12 images promoted", before: of("1.4.0"), after: of("1.5.0") };
}

/** 124 objects, about 5 MB; 121 of them change, many only in a label. */
export function monitoringStack(): Workload {
  const of = (next: boolean) =>
    side([
      ...Array.from({ length: 10 }, (_, at) => {
        const text = definition(at, { fields: 2400, more: next ? 60 : 0 });
        return [`crd-${at}.yaml`, text] as const;
      }),
      ...Array.from({ length: 28 }, (_, at) => {
        return [`dashboard-${at}.yaml`, dashboard(at, next ? 3 : 0)] as const;
      }),
      ...Array.from({ length: 86 }, (_, at) => {
        const version = next && at > 2 ? "0.14.0" : "0.13.0";
        return [`d-${at}.yaml`, deployment(at, version)] as const;
      }),
    ]);
  return { name: "monitoring stack, 124 objects", before: of(false), after: of(true) };
}

/** The same objects in one file, or each in its own; one in five changes. */
export function manyObjects(amount: number, files: "one" | "each"): Workload {
  const of = (next: boolean) => {
    const texts = Array.from({ length: amount }, (_, at) =>
      deployment(at, next && at % 5 === 0 ? "1.5.0" : "1.4.0"),
    );
    return side(
      files === "one"
        ? [["all.yaml", texts.join("---\n")]]
        : texts.map((text, at) => [`d-${at}.yaml`, text]),
    );
  };
  const name = `${amount} objects in ${files === "one" ? "one file" : `${amount} files`}`;
  return { name, before: of(false), after: of(true) };
}

/** One object of about 100,000 lines, of which some hundred change. */
export function longObject(): Workload {
  const of = (next: boolean) => {
    const data = Array.from({ length: 100_000 }, (_, at) => {
      const value = next && at % 500 === 0 ? "new" : "old";
      return `  key-${String(at).padStart(6, "0")}: "${value}"`;
    });
    const head = ["apiVersion: v1", "kind: ConfigMap", "metadata: { name: long, namespace: shop }"];
    return side([["long.yaml", lines(...head, "data:", ...data)]]);
  };
  return { name: "one object of 100,000 lines", before: of(false), after: of(true) };
}

/** Only what means nothing changes: order of keys and of env, quotes, labels of a chart. */
export function onlyNoise(): Workload {
  const of = (next: boolean) =>
    side(
      Array.from({ length: 40 }, (_, at) => {
        const text = deployment(at, "1.4.0");
        const other = text
          .replace("helm.sh/chart: shop-1.4.0", "helm.sh/chart: shop-1.5.0")
          .replace("cpu: 100m, memory: 128Mi", 'memory: 128Mi, cpu: "0.1"');
        return [`d-${at}.yaml`, next ? other : text];
      }),
    );
  return { name: "40 objects, nothing that counts", before: of(false), after: of(true) };
}

/** 500 applications of 50 deliveries in 5 environments, as RenderManifests leaves them. */
export function fleet(): Workload {
  const environments = ["dev", "test", "staging", "prod-neu", "prod-weu"];
  const of = (version: string) =>
    side(
      environments.flatMap((environment) =>
        Array.from({ length: 50 }, (_, at) => {
          const delivery = `team-${at}`;
          const files = Object.fromEntries(
            Array.from({ length: 10 }, (_, app) => [
              `app-${at}-${app}/kustomization.yaml`,
              { app: `app-${at}-${app}`, sha256: "0".repeat(64) },
            ]),
          );
          const images = { [`registry.example.com/${delivery}`]: version };
          const index = {
            ...{ apiVersion: "fluxgate.dev/v1", kind: "OwnershipIndex", delivery, environment },
            files,
            provenance: { tools: {}, images, inputsDigest: "0" },
          };
          return [`${environment}/.fluxgate/${delivery}.json`, JSON.stringify(index)] as const;
        }),
      ),
    );
  return { name: "500 applications in 5 environments", before: of("1.4.0"), after: of("1.5.0") };
}
