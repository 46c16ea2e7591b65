/** Objects that use many parts of their schemas. */
export const yardstickObjects = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop, labels: { app: api }, annotations: { a: b } }
spec:
  replicas: 3
  minReadySeconds: 5
  paused: false
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }
  selector: { matchLabels: { app: api }, matchExpressions: [{ key: tier, operator: In, values: [a] }] }
  template:
    metadata: { labels: { app: api } }
    spec:
      serviceAccountName: api
      securityContext: { runAsUser: 1000, runAsNonRoot: true, fsGroup: 1 }
      tolerations: [{ key: a, operator: Exists, effect: NoSchedule }]
      volumes:
        - { name: config, configMap: { name: api, items: [{ key: a, path: b }] } }
        - { name: cache, emptyDir: { sizeLimit: 1Gi } }
      initContainers: [{ name: init, image: busybox, command: [sh, -c, "true"] }]
      containers:
        - name: app
          image: registry.fabrikam.com/shop/api:1
          ports: [{ name: http, containerPort: 8080, protocol: TCP }]
          env:
            - { name: A, value: "1" }
            - { name: B, valueFrom: { secretKeyRef: { name: s, key: k, optional: true } } }
          resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 128Mi } }
          livenessProbe: { httpGet: { path: /, port: http }, periodSeconds: 5 }
          readinessProbe: { tcpSocket: { port: 8080 } }
          volumeMounts: [{ name: config, mountPath: /etc/api, readOnly: true }]
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { type: ClusterIP, selector: { app: api }, ports: [{ name: http, port: 80, targetPort: http }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: api }
immutable: true
data: { a: "1" }
binaryData: { b: aGVsbG8= }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 1 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 1
      template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
  minReplicas: 1
  maxReplicas: 5
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } } }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [a.example.com], secretName: tls }]
  rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] } }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }], ports: [{ port: 80, protocol: TCP }] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: api }
rules: [{ apiGroups: [""], resources: [pods], verbs: [get], resourceNames: [a] }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api }
spec: { minAvailable: 1, selector: { matchLabels: { app: api } } }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: queues.fabrikam.com }
spec:
  group: fabrikam.com
  scope: Namespaced
  names: { kind: Queue, plural: queues, shortNames: [q] }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, minProperties: 1 } } } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: fleet, namespace: flux-system }
spec: { interval: 1m, url: "https://dev.azure.com/a/b/_git/c", ref: { branch: main }, timeout: 30s }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef: { kind: GitRepository, name: fleet }
  dependsOn: [{ name: infra }]
  healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: api, namespace: shop }]
  postBuild: { substitute: { A: b } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: podinfo }
spec:
  interval: 5m
  chart: { spec: { chart: podinfo, version: "6.x", sourceRef: { kind: HelmRepository, name: podinfo } } }
  install: { remediation: { retries: 3 } }
  values: { replicaCount: 2 }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata: { name: a }
spec: { providerRef: { name: p }, eventSources: [{ kind: Kustomization, name: "*" }] }
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata: { name: p }
spec: { imageRepositoryRef: { name: r }, policy: { semver: { range: 1.x } } }
---
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: { name: g }
spec:
  sources: [{ alias: a, kind: GitRepository, name: fleet }]
  artifacts: [{ name: x, copy: [{ from: "@a/x/**", to: "@artifact/" }] }]
`;
