import { numberAt, textAt } from "../flux/read-json.ts";
import { current, inProgress } from "./answers.ts";
import type { Health } from "./health.ts";
import { onDeleteHealth } from "./on-delete.ts";

/** kstatus: stsConditions, except that it calls `OnDelete` current whatever the pods run. */
export function statefulSetHealth(object: unknown): Health {
  const wanted = numberAt(object, "spec", "replicas") ?? 1;
  const count = (field: string) => numberAt(object, "status", field) ?? 0;
  if (wanted > count("replicas")) return inProgress(`${count("replicas")} of ${wanted} pods made`);
  if (wanted > count("readyReplicas")) {
    return inProgress(`${count("readyReplicas")} of ${wanted} pods ready`);
  }
  if (count("replicas") > wanted) {
    return inProgress(`${count("replicas") - wanted} pods still to be removed`);
  }
  if (textAt(object, "spec", "updateStrategy", "type") === "OnDelete") {
    return onDeleteHealth(count("updatedReplicas"), wanted);
  }
  const partition = numberAt(object, "spec", "updateStrategy", "rollingUpdate", "partition");
  if (partition !== undefined) {
    const share = Math.max(0, wanted - partition);
    const updated = count("updatedReplicas");
    if (updated < share) return inProgress(`${updated} of ${share} pods updated`);
    // 0 is what the API server writes where nobody holds pods back: the rest counts too.
    if (partition > 0) return current;
  }
  if (wanted > count("currentReplicas")) {
    return inProgress(`${count("currentReplicas")} of ${wanted} pods at the current revision`);
  }
  const moving =
    textAt(object, "status", "currentRevision") !== textAt(object, "status", "updateRevision");
  return moving ? inProgress("not every pod is at the new revision") : current;
}
