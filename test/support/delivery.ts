import type { SeedRepository } from "../../sandbox/azure-devops/seed.ts";

/** One Deployment in plain YAML, as an application of a test delivers it. */
export function deployment(of: {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly env?: string;
}): string {
  const { name, namespace, image, env = "1" } = of;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  replicas: 1
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: main
          image: ${image}
          env: [{ name: VERSION, value: "${env}" }]
`;
}

/** What a namespace's folder of a manifests repository begins with. */
export function namespaceFile(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;
}

export type TestDelivery = {
  /** Of the delivery, and of its code repository. */
  readonly name: string;
  readonly environments?: readonly string[];
  /** App → manifests; the file is `deploy/<app>.yaml`. */
  readonly apps: Readonly<Record<string, string>>;
  /** Minutes that the wait may take. */
  readonly timeoutInMinutes?: number;
};

/** A code repository with fluxgate.yaml, manifests and a pipeline that deploys every push. */
export function deliveryRepository(delivery: TestDelivery): SeedRepository {
  const { name, apps, environments = ["dev"] } = delivery;
  return {
    name,
    files: {
      "fluxgate.yaml": [
        "apiVersion: fluxgate.dev/v1",
        "kind: Delivery",
        `metadata: { name: ${name} }`,
        "apps:",
        ...Object.keys(apps).flatMap((app) => [
          `  - name: ${app}`,
          "    render:",
          `      - copy: { path: deploy/${app}.yaml }`,
        ]),
        "environments:",
        ...environments.map((environment) => `  - name: ${environment}`),
        "",
      ].join("\n"),
      "pipeline.yml": pipeline(delivery),
      ...Object.fromEntries(
        Object.entries(apps).map(([app, manifests]) => [`deploy/${app}.yaml`, manifests]),
      ),
    },
  };
}

function pipeline({ environments = ["dev"], name, timeoutInMinutes = 60 }: TestDelivery): string {
  return `trigger: { branches: { include: [main] } }
resources:
  repositories:
    - { repository: manifests, type: git, name: manifests }
stages:
${environments.map((environment) => stage({ environment, name, timeoutInMinutes })).join("")}`;
}

function stage(of: { environment: string; name: string; timeoutInMinutes: number }): string {
  const { environment, name, timeoutInMinutes } = of;
  return `  - stage: ${environment}
    jobs:
      - job: render
        uses: { repositories: [manifests] }
        steps:
          - checkout: self
          - task: RenderManifests@1
            inputs: { environments: ${environment} }
          - task: OpenManifestsPR@1
            name: pr
            inputs: { environment: ${environment}, repository: manifests }
      - job: wait
        dependsOn: render
        pool: server
        timeoutInMinutes: ${timeoutInMinutes}
        uses: { repositories: [manifests] }
        variables: { commit: "$[ dependencies.render.outputs['pr.commit'] ]" }
        steps:
          - task: WaitForFlux@1
            inputs:
              repository: manifests
              commit: $(commit)
              delivery: ${name}
              environment: ${environment}
              timeoutInMinutes: ${timeoutInMinutes}
      - job: test
        dependsOn: wait
        steps: [{ bash: echo tested ${environment} }]
`;
}
