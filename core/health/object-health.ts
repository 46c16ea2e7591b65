import { flagAt, numberAt, textAt } from "../flux/read-json.ts";
import { splitApiVersion } from "../manifests/identity.ts";
import { current, inProgress } from "./answers.ts";
import { isBuiltIn } from "./built-in.ts";
import { daemonSetHealth } from "./daemon-set.ts";
import { deploymentHealth } from "./deployment.ts";
import type { HealthExpressions } from "./expressions.ts";
import { healthByExpressions, healthByHealthCheckExprs } from "./expressions.ts";
import { genericHealth, oldCondition, readyHealth, unseenGeneration } from "./generic.ts";
import type { Health } from "./health.ts";
import { jobHealth } from "./job.ts";
import { knownKind } from "./known/known-kinds.ts";
import { claimHealth, definitionHealth, serviceHealth } from "./other-kinds.ts";
import { podHealth } from "./pod.ts";
import { replicaSetHealth } from "./replica-set.ts";
import { statefulSetHealth } from "./stateful-set.ts";
import { statusText } from "./status-text.ts";
import { unreadable } from "./unreadable.ts";
import { unknownCustomHealth } from "./unknown-custom.ts";

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

/** How its Kustomization has Flux tell the health, and what is known of its kind. */
export type HowToTell = {
  readonly expression?: HealthExpressions;
  /** The kind's definition has a status, which its controller should write. */
  readonly hasStatus?: boolean;
};

/**
 * Health of one object of the Kubernetes API by kstatus' rules, its pods left aside
 * (`workloadHealth` adds them). Never throws.
 */
export function objectHealth(object: unknown, how: HowToTell = {}): Health {
  const kind = textAt(object, "kind");
  if (kind === undefined) return { state: "unknown", cause: "it is no Kubernetes object" };
  const [group] = splitApiVersion(textAt(object, "apiVersion") ?? "");
  const type = group === "" ? kind : `${kind}.${group}`;
  if (how.expression !== undefined && !isDeleted(object))
    return byExpression(object, how.expression);
  // Flux reads of Jobs their conditions alone.
  const odd = type === "Job.batch" ? undefined : unreadable(object, type === "Rollout.argoproj.io");
  if (odd !== undefined) return { state: "unknown", cause: `${odd}: Flux cannot read it` };
  const general = genericHealth(object);
  // Nobody looks at it, and in git stands that nobody shall.
  const isLeft = group === "source.toolkit.fluxcd.io" && flagAt(object, "spec", "suspend");
  if (isLeft && general?.state !== "terminating") return current;
  if (general !== undefined) return general;
  const unseen = numberAt(object, "status", "observedGeneration") === undefined;
  if (observedKinds.has(type) && unseen) return inProgress("its controller has not seen it yet");
  const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
  if (rule !== undefined) return rule(object);
  const known = knownKind({ group, kind });
  if (known !== undefined) return knownHealth(object, known);
  if (isBuiltIn({ group })) return readyHealth(object);
  return unknownCustomHealth(object, how.hasStatus ?? true);
}

// Flux looks at observedGeneration first, whatever the expressions say.
function byExpression(object: unknown, expression: HealthExpressions): Health {
  return unseenGeneration(object) ?? healthByHealthCheckExprs(object, expression);
}

// A field that is missing yet is no error of the object.
function knownHealth(object: unknown, known: HealthExpressions): Health {
  const asked = Object.values(known).join(" ");
  const old = oldCondition(object, (type) => asked.includes(`'${type}'`));
  if (old !== undefined) return old;
  try {
    const health = healthByExpressions(object, known);
    // Whatever else a kind says, what calls itself not ready is not well.
    return health.state === "current" && known.current !== "true" ? readyHealth(object) : health;
  } catch {
    return inProgress(statusText(object));
  }
}

function isDeleted(object: unknown): boolean {
  return textAt(object, "metadata", "deletionTimestamp") !== undefined;
}
