// Objects with a place for every field of core/diff/default-values.ts, and without the field.
type Mapping = Record<string, unknown>;
export type Base = {
  readonly url: string;
  readonly object: Mapping & { readonly metadata: { readonly name: string } };
};

const base = (api: string, [kind, plural]: readonly [string, string], body: object): Base => {
  const isCore = !api.includes("/");
  const isGlobal = clusterScoped.has(kind);
  return {
    url: `${isCore ? "/api" : "/apis"}/${api}${isGlobal ? "" : "/namespaces/default"}/${plural}`,
    object: { apiVersion: api, kind, metadata: { name: "defaults" }, ...body },
  };
};
const clusterScoped = new Set([
  ...["ClusterRole", "ClusterRoleBinding", "StorageClass", "PriorityClass", "PersistentVolume"],
  ...["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
  ...["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
  ...["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"],
]);

const get = () => ({ httpGet: { port: 80 } });
const container = () => ({
  name: "a",
  image: "r/a:1.0.0",
  ports: [{ containerPort: 80 }],
  env: [
    { name: "FIELD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    { name: "KEY", valueFrom: { configMapKeyRef: { name: "a", key: "b" } } },
  ],
  volumeMounts: [{ name: "a", mountPath: "/a" }],
  livenessProbe: get(),
  readinessProbe: get(),
  startupProbe: get(),
  lifecycle: { preStop: get(), postStart: get() },
});
const volumes = () => [
  { name: "a", configMap: { name: "a" } },
  { name: "b", secret: { secretName: "a" } },
  { name: "c", downwardAPI: { items: [] } },
  { name: "d", projected: { sources: [] } },
  { name: "e", persistentVolumeClaim: { claimName: "a" } },
  { name: "f", hostPath: { path: "/a" } },
];
const small = () => ({ name: "a", image: "r/a:1.0.0" });
const pod = (more: object = {}) => ({
  metadata: { labels: { app: "a" } },
  spec: { containers: [small()], ...more },
});
const selector = { matchLabels: { app: "a" } };
const workload = (kind: string, plural: string, more: object = {}) => [
  base("apps/v1", [kind, plural], {
    spec: { selector, template: pod({ containers: [container()], volumes: volumes() }), ...more },
  }),
  base("apps/v1", [kind, plural], { spec: { selector, template: pod(), ...more } }),
];
const job = () => ({ template: pod({ restartPolicy: "Never" }) });
const bareJob = () => ({ template: { spec: job().template.spec } });
const webhook = (kind: string, plural: string) => [
  base("admissionregistration.k8s.io/v1", [kind, plural], {
    webhooks: [
      {
        name: "a.fabrikam.com",
        sideEffects: "None",
        admissionReviewVersions: ["v1"],
        clientConfig: { service: { name: "a", namespace: "default" } },
        rules: [
          { apiGroups: ["a"], apiVersions: ["v1"], resources: ["as"], operations: ["CREATE"] },
        ],
      },
    ],
  }),
];
const rbac = "rbac.authorization.k8s.io";
const binding = (kind: string, plural: string) => [
  base(`${rbac}/v1`, [kind, plural], {
    roleRef: { kind: "ClusterRole", name: "a" },
    subjects: [{ kind: "Group", name: "a" }],
  }),
  base(`${rbac}/v1`, [kind, plural], { roleRef: { kind: "ClusterRole", name: "a" } }),
];
const policy = (spec: object) =>
  base("networking.k8s.io/v1", ["NetworkPolicy", "networkpolicies"], {
    spec: { podSelector: {}, ...spec },
  });
const service = (spec: object) => base("v1", ["Service", "services"], { spec });
const volume = { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"] };
const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };

const matched = () => {
  const rule = {
    apiGroups: [""],
    apiVersions: ["v1"],
    operations: ["CREATE"],
    resources: ["pods"],
  };
  return { resourceRules: [rule], excludeResourceRules: [{ ...rule, resources: ["secrets"] }] };
};
const mutation = {
  patchType: "JSONPatch",
  jsonPatch: { expression: '[JSONPatch{op: "add", path: "/spec/a", value: "b"}]' },
};
const admission = (kind: "Validating" | "Mutating", spec: object) => [
  base(
    "admissionregistration.k8s.io/v1",
    [`${kind}AdmissionPolicy`, `${kind.toLowerCase()}admissionpolicies`],
    { spec: { ...spec, matchConstraints: matched() } },
  ),
];
const bound = (kind: "Validating" | "Mutating", spec: object) => [
  base(
    "admissionregistration.k8s.io/v1",
    [`${kind}AdmissionPolicyBinding`, `${kind.toLowerCase()}admissionpolicybindings`],
    { spec: { ...spec, policyName: "a", matchResources: matched() } },
  ),
];

export const defaultBases: Readonly<Record<string, readonly Base[]>> = {
  Pod: [base("v1", ["Pod", "pods"], { spec: { containers: [small()] } })],
  "Deployment.apps": workload("Deployment", "deployments"),
  "StatefulSet.apps": [
    ...workload("StatefulSet", "statefulsets", {
      volumeClaimTemplates: [{ metadata: { name: "a" }, spec: claim }],
    }),
    ...workload("StatefulSet", "statefulsets"),
    ...workload("StatefulSet", "statefulsets", {
      updateStrategy: { type: "RollingUpdate", rollingUpdate: {} },
    }),
  ],
  "DaemonSet.apps": workload("DaemonSet", "daemonsets"),
  "Job.batch": [job(), bareJob()].map((spec) => base("batch/v1", ["Job", "jobs"], { spec })),
  "CronJob.batch": [job(), bareJob()].map((spec) =>
    base("batch/v1", ["CronJob", "cronjobs"], {
      spec: { schedule: "0 0 * * *", jobTemplate: { spec } },
    }),
  ),
  Service: [
    service({ ports: [{ port: 80 }] }),
    service({ ports: [{ port: 80 }], type: "LoadBalancer" }),
  ],
  Secret: [base("v1", ["Secret", "secrets"], {})],
  ServiceAccount: [base("v1", ["ServiceAccount", "serviceaccounts"], {})],
  PersistentVolumeClaim: [
    base("v1", ["PersistentVolumeClaim", "persistentvolumeclaims"], { spec: claim }),
  ],
  PersistentVolume: [
    base("v1", ["PersistentVolume", "persistentvolumes"], {
      spec: { ...volume, hostPath: { path: "/a" } },
    }),
  ],
  "NetworkPolicy.networking.k8s.io": [
    policy({ ingress: [{ ports: [{ port: 80 }] }], egress: [{ ports: [{ port: 80 }] }] }),
    policy({ ingress: [{}], egress: [{}] }),
    policy({}),
  ],
  "Ingress.networking.k8s.io": [
    base("networking.k8s.io/v1", ["Ingress", "ingresses"], {
      spec: { defaultBackend: { service: { name: "a", port: { number: 80 } } } },
    }),
  ],
  "HorizontalPodAutoscaler.autoscaling": [
    base("autoscaling/v2", ["HorizontalPodAutoscaler", "horizontalpodautoscalers"], {
      spec: {
        maxReplicas: 3,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" },
      },
    }),
  ],
  [`Role.${rbac}`]: [base(`${rbac}/v1`, ["Role", "roles"], {})],
  [`ClusterRole.${rbac}`]: [base(`${rbac}/v1`, ["ClusterRole", "clusterroles"], {})],
  [`RoleBinding.${rbac}`]: binding("RoleBinding", "rolebindings"),
  [`ClusterRoleBinding.${rbac}`]: binding("ClusterRoleBinding", "clusterrolebindings"),
  "ValidatingWebhookConfiguration.admissionregistration.k8s.io": webhook(
    "ValidatingWebhookConfiguration",
    "validatingwebhookconfigurations",
  ),
  "MutatingWebhookConfiguration.admissionregistration.k8s.io": webhook(
    "MutatingWebhookConfiguration",
    "mutatingwebhookconfigurations",
  ),
  "ValidatingAdmissionPolicy.admissionregistration.k8s.io": admission("Validating", {
    validations: [{ expression: "true" }],
  }),
  "MutatingAdmissionPolicy.admissionregistration.k8s.io": admission("Mutating", {
    ...{ reinvocationPolicy: "Never", mutations: [mutation] },
  }),
  "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io": bound("Validating", {
    validationActions: ["Deny"],
  }),
  "MutatingAdmissionPolicyBinding.admissionregistration.k8s.io": bound("Mutating", {}),
  "StorageClass.storage.k8s.io": [
    base("storage.k8s.io/v1", ["StorageClass", "storageclasses"], { provisioner: "a" }),
  ],
  "PriorityClass.scheduling.k8s.io": [
    base("scheduling.k8s.io/v1", ["PriorityClass", "priorityclasses"], { value: 1 }),
  ],
};

/** Not stored alike, and of the same effect. */
export const sameEffect: Readonly<Record<string, string>> = {
  "StatefulSet.apps spec.updateStrategy.type":
    "where it is written rollingUpdate stays absent, whose partition is 0 all the same",
};

const inPod = (place: string, value: unknown) => ({
  ...{ kind: "Deployment.apps", place: `spec.template.spec.${place}`, value },
});

/** Looks like a default, and makes another pod template, which restarts the pods. */
export const keptApart = [
  inPod("affinity", {}),
  inPod("enableServiceLinks", true),
  inPod("automountServiceAccountToken", true),
  inPod("containers[].securityContext", {}),
  inPod("containers[].livenessProbe.terminationGracePeriodSeconds", 30),
  inPod("containers[].restartPolicy", "Always"),
  inPod("volumes[].configMap.optional", false),
];
