import { numberAt, textAt } from "../flux/read-json.ts";
import { splitApiVersion } from "../manifests/identity.ts";
import { current, inProgress } from "./answers.ts";
import { daemonSetHealth } from "./daemon-set.ts";
import { deploymentHealth } from "./deployment.ts";
import { genericHealth, readyHealth } from "./generic.ts";
import type { Health } from "./health.ts";
import { jobHealth } from "./job.ts";
import { claimHealth, definitionHealth, serviceHealth } from "./other-kinds.ts";
import { podHealth } from "./pod.ts";
import { replicaSetHealth } from "./replica-set.ts";
import { statefulSetHealth } from "./stateful-set.ts";

type Rule = (object: unknown) => Health;

const rules: Readonly<Record<string, Rule>> = {
  "Deployment.apps": deploymentHealth,
  "StatefulSet.apps": statefulSetHealth,
  "DaemonSet.apps": daemonSetHealth,
  "ReplicaSet.apps": replicaSetHealth,
  Pod: podHealth,
  "Job.batch": jobHealth,
  "CronJob.batch": () => current,
  PersistentVolumeClaim: claimHealth,
  Service: serviceHealth,
  "CustomResourceDefinition.apiextensions.k8s.io": definitionHealth,
};

// Their controllers always write it: without it nobody has looked at the object yet.
const observedKinds = new Set([
  "Deployment.apps",
  "StatefulSet.apps",
  "DaemonSet.apps",
  "ReplicaSet.apps",
]);

/**
 * Health of one object of the Kubernetes API by kstatus' rules, its pods left aside
 * (`workloadHealth` adds them). Never throws.
 */
export function objectHealth(object: unknown): Health {
  const kind = textAt(object, "kind");
  if (kind === undefined) return { state: "unknown", cause: "it is no Kubernetes object" };
  const [group] = splitApiVersion(textAt(object, "apiVersion") ?? "");
  const type = group === "" ? kind : `${kind}.${group}`;
  const general = genericHealth(object);
  if (general !== undefined) return general;
  const unseen = numberAt(object, "status", "observedGeneration") === undefined;
  if (observedKinds.has(type) && unseen) return inProgress("its controller has not seen it yet");
  return (Object.hasOwn(rules, type) ? rules[type] : undefined)?.(object) ?? readyHealth(object);
}
