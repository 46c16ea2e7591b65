/** Health of one object of a cluster by kstatus' rules, with what its pods say. */
export type Health =
  | { readonly state: "current" }
  | { readonly state: "in-progress"; readonly cause: string }
  | {
      readonly state: "failed";
      /** A word for machines: `ImagePullBackOff`, `ProgressDeadlineExceeded`, … */
      readonly reason: string;
      readonly cause: string;
    }
  | { readonly state: "terminating"; readonly cause: string }
  | { readonly state: "unknown"; readonly cause: string };

/** What the connector found where it looked for an object. */
export type ObservedHealth =
  | Health
  /** RBAC does not let the connector read it. */
  | { readonly state: "forbidden" }
  /** It was looked for and is not there. */
  | { readonly state: "missing" };
