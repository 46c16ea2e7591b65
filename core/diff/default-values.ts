// What the API server takes for a field that is absent: its defaulting (kubernetes/pkg/apis,
// defaults.go of each group), and empty lists, mappings and texts where their Go type has no
// pointer, so that what is stored is the same. A pointer keeps the difference: `securityContext: {}`
// of a container or `optional: false` make another pod template, which restarts pods, so they are
// not here. `test/cluster/default-values.test.ts` asks a real API server about each row.

/** An empty list or mapping. */
export const empty = "(empty)";

export type DefaultValues = Readonly<Record<string, unknown>>;

const probe = (field: string): DefaultValues => ({
  [`${field}.initialDelaySeconds`]: 0,
  [`${field}.timeoutSeconds`]: 1,
  [`${field}.periodSeconds`]: 10,
  [`${field}.successThreshold`]: 1,
  [`${field}.failureThreshold`]: 3,
  [`${field}.httpGet.scheme`]: "HTTP",
  [`${field}.httpGet.path`]: "/",
});

const ofContainer: DefaultValues = {
  ...{ resources: empty, "resources.limits": empty, "resources.requests": empty },
  ...{ env: empty, envFrom: empty, command: empty, args: empty, ports: empty },
  volumeMounts: empty,
  volumeDevices: empty,
  ...{ stdin: false, stdinOnce: false, tty: false },
  "ports[].protocol": "TCP",
  "env[].value": "",
  "env[].valueFrom.fieldRef.apiVersion": "v1",
  "volumeMounts[].readOnly": false,
  terminationMessagePath: "/dev/termination-log",
  terminationMessagePolicy: "File",
  ...probe("livenessProbe"),
  ...probe("readinessProbe"),
  ...probe("startupProbe"),
  "lifecycle.preStop.httpGet.scheme": "HTTP",
  "lifecycle.postStart.httpGet.scheme": "HTTP",
};

/** Of a pod, wherever its kind has it; `containers` stands for init containers too. */
export const ofPod: DefaultValues = {
  dnsPolicy: "ClusterFirst",
  schedulerName: "default-scheduler",
  terminationGracePeriodSeconds: 30,
  ...{ hostNetwork: false, hostPID: false, hostIPC: false },
  ...{ securityContext: empty, tolerations: empty, nodeSelector: empty, volumes: empty },
  ...{ imagePullSecrets: empty, hostAliases: empty, initContainers: empty },
  topologySpreadConstraints: empty,
  readinessGates: empty,
  "volumes[].configMap.defaultMode": 420,
  "volumes[].secret.defaultMode": 420,
  "volumes[].downwardAPI.defaultMode": 420,
  "volumes[].projected.defaultMode": 420,
  "volumes[].configMap.items": empty,
  "volumes[].secret.items": empty,
  "volumes[].persistentVolumeClaim.readOnly": false,
  "volumes[].hostPath.type": "",
  ...Object.fromEntries(
    Object.entries(ofContainer).map(([field, value]) => [`containers[].${field}`, value]),
  ),
};

/** Where a kind has its pod. */
export const podPlaces: Readonly<Record<string, string>> = {
  Pod: "spec.",
  "Deployment.apps": "spec.template.spec.",
  "StatefulSet.apps": "spec.template.spec.",
  "DaemonSet.apps": "spec.template.spec.",
  "ReplicaSet.apps": "spec.template.spec.",
  "Job.batch": "spec.template.spec.",
  "CronJob.batch": "spec.jobTemplate.spec.template.spec.",
};

const always = (place: string) => ({ [`${place}restartPolicy`]: "Always" });
const template = (place: string) => ({ [`${place}template.metadata.annotations`]: empty });
const history = { "spec.revisionHistoryLimit": 10, "spec.minReadySeconds": 0 };
const bindings = {
  subjects: empty,
  "roleRef.apiGroup": "rbac.authorization.k8s.io",
};
const webhooks = {
  "webhooks[].failurePolicy": "Fail",
  "webhooks[].matchPolicy": "Equivalent",
  "webhooks[].matchConditions": empty,
  "webhooks[].namespaceSelector": empty,
  "webhooks[].objectSelector": empty,
  "webhooks[].timeoutSeconds": 10,
  "webhooks[].rules[].scope": "*",
  "webhooks[].clientConfig.service.port": 443,
};

const matched = (place: string): DefaultValues => ({
  [`${place}.matchPolicy`]: "Equivalent",
  [`${place}.namespaceSelector`]: empty,
  [`${place}.objectSelector`]: empty,
  [`${place}.resourceRules[].scope`]: "*",
  [`${place}.excludeResourceRules[].scope`]: "*",
});
const admissionPolicy = {
  ...matched("spec.matchConstraints"),
  "spec.failurePolicy": "Fail",
  "spec.matchConditions": empty,
};

/** By kind: the place of a field, items of lists as `[]`, and what it is when it is absent. */
export const defaultValues: Readonly<Record<string, DefaultValues>> = {
  Pod: always("spec."),
  "Deployment.apps": {
    ...always("spec.template.spec."),
    ...template("spec."),
    ...history,
    "spec.paused": false,
    "spec.progressDeadlineSeconds": 600,
    "spec.strategy": empty,
    "spec.strategy.type": "RollingUpdate",
    "spec.strategy.rollingUpdate": empty,
    "spec.strategy.rollingUpdate.maxSurge": "25%",
    "spec.strategy.rollingUpdate.maxUnavailable": "25%",
  },
  "StatefulSet.apps": {
    ...always("spec.template.spec."),
    ...template("spec."),
    ...history,
    "spec.podManagementPolicy": "OrderedReady",
    "spec.updateStrategy": empty,
    "spec.updateStrategy.type": "RollingUpdate",
    "spec.updateStrategy.rollingUpdate": empty,
    "spec.updateStrategy.rollingUpdate.partition": 0,
    "spec.persistentVolumeClaimRetentionPolicy": empty,
    "spec.persistentVolumeClaimRetentionPolicy.whenDeleted": "Retain",
    "spec.persistentVolumeClaimRetentionPolicy.whenScaled": "Retain",
    "spec.volumeClaimTemplates": empty,
    "spec.volumeClaimTemplates[].spec.volumeMode": "Filesystem",
  },
  "DaemonSet.apps": {
    ...always("spec.template.spec."),
    ...template("spec."),
    ...history,
    "spec.updateStrategy": empty,
    "spec.updateStrategy.type": "RollingUpdate",
    "spec.updateStrategy.rollingUpdate": empty,
    "spec.updateStrategy.rollingUpdate.maxUnavailable": 1,
    "spec.updateStrategy.rollingUpdate.maxSurge": 0,
  },
  "CronJob.batch": {
    ...template("spec.jobTemplate.spec."),
    "spec.jobTemplate.metadata": empty,
    "spec.jobTemplate.spec.template.metadata": empty,
    "spec.concurrencyPolicy": "Allow",
    "spec.suspend": false,
    "spec.successfulJobsHistoryLimit": 3,
    "spec.failedJobsHistoryLimit": 1,
  },
  "Job.batch": {
    ...template("spec."),
    "spec.template.metadata": empty,
    "spec.backoffLimit": 6,
    "spec.completionMode": "NonIndexed",
    "spec.suspend": false,
  },
  Service: {
    "spec.type": "ClusterIP",
    "spec.sessionAffinity": "None",
    "spec.internalTrafficPolicy": "Cluster",
    "spec.publishNotReadyAddresses": false,
    "spec.ports[].protocol": "TCP",
    "spec.selector": empty,
    "spec.externalIPs": empty,
    "spec.loadBalancerSourceRanges": empty,
  },
  Secret: { type: "Opaque" },
  ServiceAccount: { imagePullSecrets: empty, secrets: empty },
  PersistentVolumeClaim: { "spec.volumeMode": "Filesystem" },
  PersistentVolume: {
    "spec.volumeMode": "Filesystem",
    "spec.persistentVolumeReclaimPolicy": "Retain",
  },
  "NetworkPolicy.networking.k8s.io": {
    "spec.policyTypes": empty,
    "spec.ingress": empty,
    "spec.egress": empty,
    "spec.ingress[].from": empty,
    "spec.ingress[].ports": empty,
    "spec.ingress[].ports[].protocol": "TCP",
    "spec.egress[].to": empty,
    "spec.egress[].ports": empty,
    "spec.egress[].ports[].protocol": "TCP",
  },
  "Ingress.networking.k8s.io": { "spec.tls": empty },
  "HorizontalPodAutoscaler.autoscaling": { "spec.minReplicas": 1 },
  "Role.rbac.authorization.k8s.io": { rules: empty },
  "ClusterRole.rbac.authorization.k8s.io": { rules: empty },
  "RoleBinding.rbac.authorization.k8s.io": bindings,
  "ClusterRoleBinding.rbac.authorization.k8s.io": bindings,
  "ValidatingWebhookConfiguration.admissionregistration.k8s.io": webhooks,
  "MutatingWebhookConfiguration.admissionregistration.k8s.io": {
    ...webhooks,
    "webhooks[].reinvocationPolicy": "Never",
  },
  "ValidatingAdmissionPolicy.admissionregistration.k8s.io": admissionPolicy,
  "MutatingAdmissionPolicy.admissionregistration.k8s.io": admissionPolicy,
  "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io": matched("spec.matchResources"),
  "MutatingAdmissionPolicyBinding.admissionregistration.k8s.io": matched("spec.matchResources"),
  "StorageClass.storage.k8s.io": {
    reclaimPolicy: "Delete",
    volumeBindingMode: "Immediate",
    allowedTopologies: empty,
    mountOptions: empty,
  },
  "PriorityClass.scheduling.k8s.io": {
    preemptionPolicy: "PreemptLowerPriority",
    globalDefault: false,
  },
};
