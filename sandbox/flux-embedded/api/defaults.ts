// What the API fills in, as far as controllers, health rules and diffs look at it
// (k8s.io/kubernetes/pkg/apis/*/v1/defaults.go).
import { isRecord, type KubeObject } from "./kube-object.ts";

type Fields = Record<string, unknown>;

/** Adds the server's defaults to a built-in object, in place. */
export function addDefaults(object: KubeObject): void {
  const fields = object as Fields;
  const spec = isRecord(object.spec) ? object.spec : {};
  switch (`${object.apiVersion} ${object.kind}`) {
    case "v1 Namespace":
      object.spec ??= { finalizers: ["kubernetes"] };
      object.status ??= { phase: "Active" };
      object.metadata.labels = {
        ...object.metadata.labels,
        "kubernetes.io/metadata.name": object.metadata.name,
      };
      return;
    case "v1 Secret":
      fields["type"] ??= "Opaque";
      return;
    case "v1 Service":
      fill(spec, { type: "ClusterIP", sessionAffinity: "None", internalTrafficPolicy: "Cluster" });
      object.status ??= { loadBalancer: {} };
      for (const port of records(spec["ports"])) {
        fill(port, { protocol: "TCP", targetPort: port["port"] });
      }
      return;
    case "v1 Pod":
      fill(spec, { serviceAccountName: "default", enableServiceLinks: true, priority: 0 });
      addPodDefaults(spec);
      return;
    case "apps/v1 Deployment":
      fill(spec, {
        replicas: 1,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        strategy: {
          type: "RollingUpdate",
          rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" },
        },
      });
      return addTemplateDefaults(spec);
    case "apps/v1 ReplicaSet":
      fill(spec, { replicas: 1 });
      return addTemplateDefaults(spec);
    case "apps/v1 StatefulSet":
      fill(spec, {
        replicas: 1,
        revisionHistoryLimit: 10,
        podManagementPolicy: "OrderedReady",
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
      });
      return addTemplateDefaults(spec);
    case "apps/v1 DaemonSet":
      fill(spec, {
        revisionHistoryLimit: 10,
        updateStrategy: {
          type: "RollingUpdate",
          rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
        },
      });
      return addTemplateDefaults(spec);
    case "batch/v1 Job":
      fill(spec, {
        ...{ parallelism: 1, completions: 1, backoffLimit: 6, suspend: false },
        completionMode: "NonIndexed",
        podReplacementPolicy: "TerminatingOrFailed",
      });
      return addTemplateDefaults(spec);
    case "batch/v1 CronJob":
      fill(spec, {
        concurrencyPolicy: "Allow",
        suspend: false,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      });
      return;
    case "networking.k8s.io/v1 Ingress":
      object.status ??= { loadBalancer: {} };
      return;
    case "autoscaling/v2 HorizontalPodAutoscaler":
      fill(spec, { minReplicas: 1 });
      return;
  }
}

function addTemplateDefaults(spec: Fields): void {
  const template = isRecord(spec["template"]) ? spec["template"] : {};
  if (isRecord(template["spec"])) addPodDefaults(template["spec"]);
}

function addPodDefaults(spec: Fields): void {
  fill(spec, {
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    dnsPolicy: "ClusterFirst",
    schedulerName: "default-scheduler",
    securityContext: {},
  });
  for (const volume of records(spec["volumes"])) {
    for (const source of [volume["configMap"], volume["secret"]]) {
      if (isRecord(source)) fill(source, { defaultMode: 420 });
    }
  }
  for (const container of [...records(spec["containers"]), ...records(spec["initContainers"])]) {
    const tag = /:([^/]+)$/.exec(String(container["image"]))?.[1] ?? "latest";
    fill(container, {
      imagePullPolicy: tag === "latest" ? "Always" : "IfNotPresent",
      resources: {},
      terminationMessagePath: "/dev/termination-log",
      terminationMessagePolicy: "File",
    });
    for (const port of records(container["ports"])) fill(port, { protocol: "TCP" });
  }
}

function fill(target: Fields, defaults: Fields): void {
  for (const [key, value] of Object.entries(defaults)) target[key] ??= value;
}

function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
