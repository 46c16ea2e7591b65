import type { CheckName } from "../delivery/delivery.ts";
import type { Problem } from "../errors.ts";

/** One thing that a check found. */
export type Finding = Problem & {
  readonly check: CheckName;
  /** The app whose object it is; absent where it concerns several. */
  readonly app?: string;
  /** An error fails the render. */
  readonly severity: "error" | "warning";
};

/** What is said of an object, without the object. */
export type Said = Pick<Finding, "severity" | "message">;
