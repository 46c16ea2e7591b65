// A code repository as it lived before: three services in three styles, deployed by a script.

const container = (name: string, image: string) => `      containers:
        - name: ${name}
          image: ${image}
`;

function deploymentOf(of: {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
  readonly replicas: string;
}): string {
  const { name, namespace, image, replicas } = of;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  replicas: ${replicas}
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
${container(name, image)}`;
}

const registry = "registry.fabrikam.com/store";

export function codeRepository(namespace: string): Readonly<Record<string, string>> {
  const chart = deploymentOf({
    ...{ name: "api", namespace },
    image: '"{{ .Values.image.repository }}:{{ .Values.image.tag }}"',
    replicas: "{{ .Values.replicas }}",
  });
  return {
    // A chart with the values of one environment.
    "services/api/Dockerfile": "FROM scratch\n",
    "services/api/chart/Chart.yaml": "apiVersion: v2\nname: api\nversion: 0.1.0\n",
    "services/api/chart/values.yaml": `image:\n  repository: ${registry}/api\n  tag: "1"\nreplicas: 1\n`,
    "services/api/chart/values-prod.yaml": "replicas: 2\n",
    "services/api/chart/templates/deployment.yaml": chart,
    // Overlays of kustomize.
    "services/web/Dockerfile": "FROM scratch\n",
    "services/web/deploy/base/kustomization.yaml": "resources: [web.yaml]\n",
    "services/web/deploy/base/web.yaml": deploymentOf({
      ...{ name: "web", namespace, image: `${registry}/web:1`, replicas: "1" },
    }),
    "services/web/deploy/overlays/dev/kustomization.yaml": "resources: [../../base]\n",
    "services/web/deploy/overlays/prod/kustomization.yaml":
      "resources: [../../base]\nreplicas: [{ name: web, count: 2 }]\n",
    // Plain YAML with tokens.
    "services/worker/Dockerfile": "FROM scratch\n",
    "services/worker/k8s/worker.yaml": deploymentOf({
      ...{ name: "worker", namespace, image: `${registry}/worker:#{tag}#` },
      replicas: "#{WORKER_REPLICAS}#",
    }),
    // How all of it was deployed.
    "azure-pipelines.yml": `trigger: none
stages:
  - stage: dev
    variables: [{ group: store-dev }]
    jobs:
      - job: deploy
        steps:
          - script: kubectl apply -f out
  - stage: prod
    variables:
      - group: store-prod
    jobs: [{ job: deploy, steps: [{ script: kubectl apply -f out }] }]
`,
  };
}

/** What the script has written for an environment. */
export function deployedBefore(namespace: string, replicas: string): string {
  return [
    deploymentOf({ name: "api", namespace, image: `${registry}/api:1`, replicas }),
    deploymentOf({ name: "web", namespace, image: `${registry}/web:1`, replicas }),
    deploymentOf({ name: "worker", namespace, image: `${registry}/worker:1`, replicas: "1" }),
  ].join("---\n");
}
