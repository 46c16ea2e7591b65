import { chooseConnection } from "../../core/health-check/connection.ts";
import {
  asksFor,
  compareCheck,
  type Difference,
  type FoundCheck,
} from "../../core/health-check/found-check.ts";
import {
  type HealthCheck,
  healthCheckProblems,
  writeHealthCheck,
} from "../../core/health-check/health-check.ts";
import type { CheckPlace } from "../data/load-health-checks.ts";

/** What pressing the button would do, and what stands there. */
export type HealthCheckPlan = {
  /** Why nothing can be done, a sentence each. */
  readonly problems: readonly string[];
  /** The address of the service connection that it would make first; empty: it is there. */
  readonly makesConnection: string;
  /** Checks that stand there and ask for the same, each with what is otherwise. */
  readonly same: readonly {
    readonly found: FoundCheck;
    readonly differences: readonly Difference[];
  }[];
  /** What else asks for a roll-up there. */
  readonly others: readonly FoundCheck[];
  /** As it is sent to the service; undefined while there are problems. */
  readonly body: ReturnType<typeof writeHealthCheck> | undefined;
};

export function planHealthCheck(
  place: CheckPlace,
  of: {
    readonly check: HealthCheck;
    readonly repositoryName: string;
    readonly organisationUrl: string;
    /** Id of a service connection; empty: the one without credentials. */
    readonly chosen: string;
  },
): HealthCheckPlan {
  const choice = chooseConnection(place.connections, of);
  const problems = [
    ...healthCheckProblems(of.check),
    ...(choice.state === "unfit" ? [choice.why] : []),
  ];
  const isSame = (one: FoundCheck) =>
    asksFor(one, { ...of.check, repositoryName: of.repositoryName });
  const others = place.checks.filter((one) => !isSame(one));
  const body =
    choice.state === "unfit" || problems.length > 0
      ? undefined
      : writeHealthCheck(of.check, choice.connection);
  const same = place.checks.filter(isSame).map((found) => ({
    found,
    differences: body === undefined ? [] : compareCheck(found, body),
  }));
  const makesConnection = choice.state === "absent" ? choice.connection.url : "";
  return { problems, makesConnection, same, others, body };
}
