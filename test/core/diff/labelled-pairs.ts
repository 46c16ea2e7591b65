// Workloads, what they use, and Flux' own objects that leave.
import {
  pair,
  pod,
  withPod,
  container,
  spec,
  of,
  namespace,
  mounted,
  type LabelledPair,
} from "./pair.ts";

export const labelledPairs: readonly LabelledPair[] = [
  pair("replicas go up", spec("apps/v1", "Deployment")({ replicas: 2 }, { replicas: 3 })),
  pair("a new image", container({}, { image: "r/a:1.1.0" })),
  pair(
    "an older image of an init container",
    [
      withPod({ initContainers: [{ name: "i", image: "r/i:2.0" }] }, {}),
      withPod({ initContainers: [{ name: "i", image: "r/i:1.9" }] }, {}),
    ],
    "medium image",
  ),
  pair(
    "an older image of a custom resource",
    spec("postgresql.cnpg.io/v1", "Cluster")(
      { imageName: "g/pg:16.4" },
      { imageName: "g/pg:16.2" },
    ),
    "medium image",
  ),
  pair(
    "a database to no instance",
    spec("postgresql.cnpg.io/v1", "Cluster")({ instances: 3 }, { instances: 0 }),
    "high scaled-down",
  ),
  pair("a database removed", [of("acid.zalan.do/v1", "postgresql"), []], "high removal"),
  pair("a cloud resource removed", [of("sql.azure.com/v1", "Server"), []], "high removal"),
  pair("a certificate removed", [of("cert-manager.io/v1", "Certificate"), []], "medium removal"),
  pair("a monitor removed", [of("monitoring.coreos.com/v1", "ServiceMonitor"), []]),
  pair(
    "settings removed that are used",
    [[of("v1", "ConfigMap"), mounted("api")], mounted("api")],
    "high removal",
  ),
  pair("settings removed that nobody uses", [
    [of("v1", "ConfigMap"), mounted("other")],
    mounted("other"),
  ]),
  pair(
    "a Flux Kustomization removed",
    [of("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { spec: { prune: true } }), []],
    "high removal",
  ),
  pair(
    "one that leaves its objects",
    [of("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { spec: { prune: false } }), []],
    "medium removal",
  ),
  pair("a release removed", [of("helm.toolkit.fluxcd.io/v2", "HelmRelease"), []], "high removal"),
  pair(
    "a claim that shrinks",
    spec("v1", "PersistentVolumeClaim")(
      { resources: { requests: { storage: "10Gi" } } },
      { resources: { requests: { storage: "9Gi" } } },
    ),
    "high immutable-field",
  ),
  pair(
    "a claim that grows",
    spec("v1", "PersistentVolumeClaim")(
      { resources: { requests: { storage: "1Gi" } } },
      { resources: { requests: { storage: "1025Mi" } } },
    ),
  ),
  pair(
    "volumes of a StatefulSet",
    spec("apps/v1", "StatefulSet")(
      { volumeClaimTemplates: [{ metadata: { name: "d" }, spec: { a: 1 } }] },
      { volumeClaimTemplates: [{ metadata: { name: "d" }, spec: { a: 2 } }] },
    ),
    "high immutable-field",
  ),
  pair(
    "a Job's template",
    [
      of("batch/v1", "Job", { spec: { template: { spec: { restartPolicy: "Never" } } } }),
      of("batch/v1", "Job", { spec: { template: { spec: { restartPolicy: "OnFailure" } } } }),
    ],
    "high immutable-field",
  ),
  pair(
    "replicas that are no number",
    spec("apps/v1", "Deployment")({ replicas: 2 }, { replicas: "apples" }),
    "high refused-value",
  ),
  pair(
    "a number in settings",
    [of("v1", "ConfigMap", { data: { a: "1" } }), of("v1", "ConfigMap", { data: { a: 1 } })],
    "high refused-value",
  ),
  pair(
    "an amount that is none",
    container({}, { resources: { requests: { cpu: "much" } } }),
    "high refused-value",
  ),
  pair(
    "env that is no text",
    container({ env: [{ name: "A", value: "1" }] }, { env: [{ name: "A", value: 1 }] }),
    "high refused-value",
  ),
  pair(
    "storage that is deleted",
    spec("v1", "PersistentVolume")(
      { persistentVolumeReclaimPolicy: "Retain" },
      { persistentVolumeReclaimPolicy: "Delete" },
    ),
    "high data-loss",
  ),
  pair(
    "a claim no longer mounted",
    pod({ volumes: [{ name: "d", persistentVolumeClaim: { claimName: "d" } }] })({
      volumes: [{ name: "d", emptyDir: {} }],
    }),
    "high data-loss",
  ),
  pair(
    "no schedule any more",
    spec("batch/v1", "CronJob")({ suspend: false }, { suspend: true }),
    "medium scaled-down",
  ),
  pair(
    "a lower ceiling",
    spec("autoscaling/v2", "HorizontalPodAutoscaler")({ maxReplicas: 10 }, { maxReplicas: 4 }),
    "medium scaled-down",
  ),
  pair("host network", pod({})({ hostNetwork: true }), "high pod-privilege"),
  pair(
    "a folder of the node",
    pod({})({ volumes: [{ name: "h", hostPath: { path: "/" } }] }),
    "high pod-privilege",
  ),
  pair(
    "a port of the node",
    container({}, { ports: [{ containerPort: 1, hostPort: 1 }] }),
    "high pod-privilege",
  ),
  pair(
    "an unconfined container",
    container({}, { securityContext: { seccompProfile: { type: "Unconfined" } } }),
    "high pod-privilege",
  ),
  pair(
    "no read-only file system",
    container({ securityContext: { readOnlyRootFilesystem: true } }, {}),
    "medium hardening",
  ),
  pair("hardening moves to the pod", [
    withPod({}, { securityContext: { runAsNonRoot: true } }),
    withPod({ securityContext: { runAsNonRoot: true } }, {}),
  ]),
  pair(
    "hardening of a CronJob's pods",
    [
      of("batch/v1", "CronJob", {
        spec: {
          jobTemplate: {
            spec: {
              template: {
                spec: {
                  containers: [{ name: "a", securityContext: { allowPrivilegeEscalation: false } }],
                },
              },
            },
          },
        },
      }),
      of("batch/v1", "CronJob", {
        spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: "a" }] } } } } },
      }),
    ],
    "medium hardening",
  ),
  pair("a weaker namespace", [namespace("restricted"), namespace("baseline")], "high hardening"),
  pair("a stronger namespace", [namespace("baseline"), namespace("restricted")]),
  pair(
    "a token again",
    [
      of("v1", "ServiceAccount", { automountServiceAccountToken: false }),
      of("v1", "ServiceAccount"),
    ],
    "medium hardening",
  ),
  pair(
    "a policy that only audits",
    spec("kyverno.io/v1", "ClusterPolicy")(
      { validationFailureAction: "Enforce" },
      { validationFailureAction: "Audit" },
    ),
    "medium hardening",
  ),
];
