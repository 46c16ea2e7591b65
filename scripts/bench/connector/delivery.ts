// A code repository whose pipeline deploys every push by a pull request: the usual way, with as many
// objects as a row asks for.
import type { SeedRepository } from "../../../sandbox/azure-devops/seed.ts";

/** `deploy/app-<n>.yaml` → its text. */
export function appFiles(of: {
  readonly count: number;
  readonly namespace: string;
  /** What differs from one deployment to the next. */
  readonly version: number;
  /** Of the image: `broken…` never becomes ready, `slow…` takes some seconds. */
  readonly tag?: string;
}): Readonly<Record<string, string>> {
  const { count, namespace, version, tag = "1" } = of;
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `deploy/app-${index}.yaml`,
      `apiVersion: apps/v1
kind: Deployment
metadata: { name: app-${index}, namespace: ${namespace} }
spec:
  replicas: 1
  selector: { matchLabels: { app: app-${index} } }
  template:
    metadata: { labels: { app: app-${index} } }
    spec:
      containers:
        - name: main
          image: registry.fabrikam.com/app:${tag}
          env: [{ name: VERSION, value: "${version}" }]
`,
    ]),
  );
}

export function deliveryRepository(files: Readonly<Record<string, string>>): SeedRepository {
  return {
    name: "shop",
    files: {
      ...files,
      "fluxgate.yaml": `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps:
  - name: app
    render:
${Object.keys(files)
  .map((path) => `      - copy: { path: ${path} }`)
  .join("\n")}
environments:
  - name: dev
`,
      "pipeline.yml": pipeline,
    },
  };
}

const pipeline = `trigger: { branches: { include: [main] } }
resources:
  repositories:
    - { repository: manifests, type: git, name: manifests }
jobs:
  - job: render
    uses: { repositories: [manifests] }
    steps:
      - checkout: self
      - task: RenderManifests@1
        inputs: { environments: dev }
      - task: OpenManifestsPR@1
        name: pr
        inputs: { environment: dev, repository: manifests }
  - job: wait
    dependsOn: render
    pool: server
    timeoutInMinutes: 60
    uses: { repositories: [manifests] }
    variables: { commit: "$[ dependencies.render.outputs['pr.commit'] ]" }
    steps:
      - task: WaitForFlux@1
        inputs:
          { repository: manifests, commit: $(commit), delivery: shop, environment: dev, timeoutInMinutes: 60 }
`;
