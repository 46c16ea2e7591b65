import type { WaitingFor } from "./verdict.ts";

type Waiting = { readonly waitingFor: WaitingFor; readonly decides?: string };

/** What would decide a wait that goes on, in plain words, for whoever has to wait. */
export function whatDecides({ waitingFor, decides }: Waiting): string {
  if (decides !== undefined) return decides;
  switch (waitingFor) {
    case "merge":
      return "Decided when the pull request is completed or abandoned";
    case "branch":
      return "Decided when the commit is on the branch that Flux follows";
    case "changes":
      return "Decided when Azure DevOps tells what the commit changed";
    case "concerned":
      return "Decided when a Kustomization or HelmRelease of the environment deploys these files: assign one by its label, or correct its path or source";
    case "cluster":
      return "Decided when the cluster's API answers, or the cluster is taken out of the environment";
    case "observer":
      return "Decided when the cluster's own connector answers on the commit, by the identity that clusters[].observer names, or the cluster is taken out of the environment";
    case "suspended":
      return "Decided when somebody resumes it (flux resume)";
    case "applied":
      return "Decided when Flux has applied what the commit changed, or says why it cannot";
    case "present":
      return "Decided when Flux lists the object in an inventory of the environment";
    case "health":
      return "Decided when it is healthy, or has failed for longer than the grace";
    case "health-unknown":
      return "Decided when the connector may read it, or healthUnknownSucceeds is set";
    case "answers":
      return "Decided when Azure DevOps answers as it should";
    case "read-afresh":
      return "Decided by one more look";
  }
}
