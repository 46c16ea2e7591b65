import { object, selected, type ServerCase } from "./server-case.ts";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const image = "a";

/** See server-cases.ts: what is written wrong in pods, wherever they are made. */
export const podCases: readonly ServerCase[] = [
  {
    valid: object("apps/v1", "Deployment", `spec: { ${selected} }`),
    unfit: [
      { [`${pod}.containers`]: null },
      {
        [`${pod}.containers`]: [
          { name: "a", image },
          { name: "a", image },
        ],
      },
      { [`${first}.name`]: null },
      { [`${first}.image`]: 7 },
      { [`${first}.command`]: "sh -c true" },
      { [`${first}.args`]: [1] },
      { [`${first}.env`]: [{ name: "A", value: 8080 }] },
      {
        [`${first}.env`]: [
          { name: "A", value: "1" },
          { name: "A", value: "2" },
        ],
      },
      { [`${first}.env`]: [{ name: "A", valueFrom: { secretKeyRef: { name: "a" } } }] },
      { [`${first}.env`]: { A: "1" } },
      { [`${first}.ports.0.containerPort`]: "http" },
      { [`${first}.ports`]: [{ containerPort: 80 }, { containerPort: 80 }] },
      { [`${first}.resources`]: { limits: { memory: "1 GB" } } },
      { [`${first}.resource`]: {} },
      { [`${first}.livenessProbe`]: { httpGet: { path: "/" } } },
      { [`${first}.securityContext`]: { capabilities: { add: "ALL" } } },
      { [`${first}.workingdir`]: "/" },
      { [`${pod}.volumes`]: [{ emptyDir: {} }] },
      { [`${pod}.volumes`]: [{ name: "v", configMap: { name: "a", items: [{ key: "a" }] } }] },
      { [`${pod}.volumes`]: [{ name: "v", secret: { name: "a" } }] },
      { [`${pod}.volumes`]: [{ name: "v", persistentVolumeClaim: {} }] },
      { [`${pod}.volumes`]: [{ name: "v", emptyDir: { sizeLimit: "much" } }] },
      { [`${pod}.hostAliases`]: [{ hostnames: ["b"] }] },
      { [`${pod}.nodeSelector`]: { a: true } },
      { [`${pod}.imagePullSecrets`]: ["a"] },
      { [`${pod}.schedulerName`]: 7 },
      { [`${pod}.securityContext`]: { readOnlyRootFilesystem: true } },
      {
        [`${pod}.topologySpreadConstraints`]: [{ maxSkew: 1, whenUnsatisfiable: "DoNotSchedule" }],
      },
      {
        [`${pod}.affinity`]: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: {} }],
          },
        },
      },
      { [`${pod}.priority`]: "high" },
      { "spec.template.metadata.annotations": { a: 1 } },
      { "spec.template.metadata.labels.app": "a b" },
      { "spec.template": null },
      { "spec.strategyType": "Recreate" },
      { "spec.paused": "no" },
      { "spec.serviceName": "a" },
    ],
    wrong: [
      { [`${pod}.containers`]: [] },
      { [`${pod}.initContainers`]: [{ name: "a", image }] },
      {
        [`${pod}.initContainers`]: [
          { name: "b", image, livenessProbe: { exec: { command: ["a"] } } },
        ],
      },
      { [`${pod}.initContainers`]: [{ name: "b", image, restartPolicy: "Sometimes" }] },
      { [`${pod}.ephemeralContainers`]: [{ name: "b", image }] },

      { [`${first}.imagePullPolicy`]: "Sometimes" },
      { [`${first}.env`]: [{ name: "", value: "1" }] },
      { [`${first}.env`]: [{ name: "A=B", value: "1" }] },
      { [`${first}.env`]: [{ name: "A", valueFrom: {} }] },
      { [`${first}.env`]: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "spec.unheard" } } }] },
      {
        [`${first}.env`]: [
          { name: "A", valueFrom: { resourceFieldRef: { resource: "limits.gpu" } } },
        ],
      },
      { [`${first}.envFrom`]: [{}] },
      { [`${first}.envFrom`]: [{ configMapRef: { name: "a" }, secretRef: { name: "a" } }] },
      { [`${first}.ports.0.containerPort`]: 70000 },
      { [`${first}.ports.0.containerPort`]: 0 },
      { [`${first}.ports.0.name`]: "this-is-a-very-long-port-name" },
      { [`${first}.ports.0.name`]: "HTTP" },
      { [`${first}.ports.0.hostPort`]: 70000 },
      {
        [`${first}.ports`]: [
          { name: "a", containerPort: 80 },
          { name: "a", containerPort: 81 },
        ],
      },
      { [`${first}.resources`]: { limits: { cpu: -1 } } },
      { [`${first}.resources`]: { requests: { memory: "2Gi" }, limits: { memory: "1Gi" } } },
      { [`${first}.resources`]: { requests: { gpu: 1 } } },
      { [`${first}.resources`]: { requests: { "nvidia.com/gpu": 1 } } },
      { [`${first}.resources`]: { limits: { "nvidia.com/gpu": "0.5" } } },
      { [`${first}.resources`]: { limits: { "hugepages-2Mi": "3Mi" } } },
      { [`${first}.livenessProbe`]: {} },
      { [`${first}.livenessProbe`]: { httpGet: { port: 70000 } } },
      { [`${first}.livenessProbe`]: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } },
      { [`${first}.livenessProbe`]: { httpGet: { port: 80, scheme: "FTP" } } },
      { [`${first}.livenessProbe`]: { tcpSocket: { port: 80 }, successThreshold: 2 } },
      { [`${first}.livenessProbe`]: { tcpSocket: { port: 80 }, periodSeconds: -1 } },
      { [`${first}.livenessProbe`]: { exec: { command: [] } } },
      {
        [`${first}.readinessProbe`]: { tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 5 },
      },
      { [`${first}.lifecycle`]: { preStop: {} } },
      { [`${first}.lifecycle`]: { preStop: { sleep: { seconds: -1 } } } },
      { [`${first}.volumeMounts`]: [{ name: "v", mountPath: "/v" }] },
      { [`${first}.terminationMessagePolicy`]: "Never" },
      { [`${first}.securityContext`]: { runAsUser: -1 } },
      { [`${first}.securityContext`]: { privileged: true, allowPrivilegeEscalation: false } },
      { [`${first}.securityContext`]: { seccompProfile: { type: "Localhost" } } },
      { [`${first}.securityContext`]: { procMount: "All" } },
      { [`${pod}.volumes`]: [{ name: "v", emptyDir: {}, hostPath: { path: "/a" } }] },
      { [`${pod}.volumes`]: [{ name: "V", emptyDir: {} }] },
      { [`${pod}.volumes`]: [{ name: "v", hostPath: { path: "/a", type: "Some" } }] },
      { [`${pod}.volumes`]: [{ name: "v", configMap: { name: "a", defaultMode: 1000 } }] },
      {
        [`${pod}.volumes`]: [
          { name: "v", projected: { sources: [{ configMap: {}, secret: {} }] } },
        ],
      },
      { [`${pod}.volumes`]: [{ name: "v", nfs: { server: "a", path: "a" } }] },
      { [`${pod}.restartPolicy`]: "OnFailure" },
      { [`${pod}.activeDeadlineSeconds`]: 5 },

      { [`${pod}.dnsPolicy`]: "Default2" },
      { [`${pod}.dnsConfig`]: { nameservers: ["a"] } },
      { [`${pod}.hostAliases`]: [{ ip: "a", hostnames: ["b"] }] },
      { [`${pod}.hostname`]: "A_" },
      { [`${pod}.nodeSelector`]: { "a b": "c" } },
      { [`${pod}.serviceAccountName`]: "A_" },
      { [`${pod}.securityContext`]: { fsGroup: -1 } },
      { [`${pod}.securityContext`]: { sysctls: [{ name: "a b", value: "1" }] } },
      { [`${pod}.tolerations`]: [{ key: "a", operator: "Is" }] },
      { [`${pod}.tolerations`]: [{ operator: "Equal", value: "a" }] },
      { [`${pod}.tolerations`]: [{ key: "a", operator: "Exists", effect: "Always" }] },
      {
        [`${pod}.tolerations`]: [
          { key: "a", operator: "Exists", effect: "NoSchedule", tolerationSeconds: 5 },
        ],
      },
      {
        [`${pod}.topologySpreadConstraints`]: [
          { maxSkew: 0, topologyKey: "a", whenUnsatisfiable: "DoNotSchedule" },
        ],
      },
      {
        [`${pod}.topologySpreadConstraints`]: [
          { maxSkew: 1, topologyKey: "a", whenUnsatisfiable: "Never" },
        ],
      },
      {
        [`${pod}.affinity`]: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] },
          },
        },
      },
      {
        [`${pod}.affinity`]: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "In" }] }],
            },
          },
        },
      },
      {
        [`${pod}.affinity`]: {
          podAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 101, podAffinityTerm: { topologyKey: "a" } },
            ],
          },
        },
      },
      { [`${pod}.hostUsers`]: false, [`${pod}.hostNetwork`]: true },
      { [`${pod}.shareProcessNamespace`]: true, [`${pod}.hostPID`]: true },

      { [`${pod}.containers.1`]: { name: "b" } },

      { "spec.selector.matchLabels": {} },
      { "spec.selector.matchExpressions": [{ key: "a", operator: "Is", values: ["b"] }] },
      { "spec.strategy": { type: "Recreate", rollingUpdate: { maxSurge: 1 } } },
      { "spec.strategy": { rollingUpdate: { maxUnavailable: "150%" } } },
      { "spec.strategy": { rollingUpdate: { maxSurge: "half" } } },
      { "spec.progressDeadlineSeconds": 5, "spec.minReadySeconds": 6 },
      { "spec.revisionHistoryLimit": -1 },
    ],
    fine: [
      { [`${first}.image`]: " a" },
      { [`${pod}.terminationGracePeriodSeconds`]: -1 },
      { [`${pod}.overhead`]: { cpu: "1" } },
      { "spec.template.metadata.name": "A_" },
      { [`${first}.resources`]: { limits: { "nvidia.com/gpu": 1 } } },
      { [`${first}.resources`]: { limits: { cpu: 0.5, memory: "1e3" } } },
      { [`${first}.env`]: [{ name: "a.b-c", value: "" }] },
      {
        [`${first}.ports`]: [
          { containerPort: 53, protocol: "TCP" },
          { containerPort: 53, protocol: "UDP" },
        ],
      },
      { [`${pod}.initContainers`]: [{ name: "b", image, restartPolicy: "Always" }] },
      { [`${pod}.securityContext`]: { runAsNonRoot: true, fsGroup: 0 } },
      { [`${pod}.terminationGracePeriodSeconds`]: 0 },
      { "spec.strategy": { rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } } },
    ],
  },
];
