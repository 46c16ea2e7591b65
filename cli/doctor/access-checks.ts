import type { Access, ResourceAction } from "../../clients/kubernetes/access.ts";
import { clusterRights, type ClusterRight } from "../../core/connector-config/cluster-rights.ts";
import { Failure, type Check } from "./check.ts";

/** One check a resource: each verb is asked for, and what is missing is written as a rule. */
export function accessChecks(of: {
  readonly nudge: boolean;
  readonly ask: (action: ResourceAction) => Promise<Access>;
  /** Whom to grant it to; known once the API server has answered. */
  readonly who: () => string;
}): readonly Check[] {
  return clusterRights({ nudge: of.nudge }).map((right) => accessCheck(right, of));
}

function accessCheck(
  { group, resource, verbs, lost }: ClusterRight,
  { ask, who }: Pick<Parameters<typeof accessChecks>[0], "ask" | "who">,
): Check {
  let missing: readonly string[] = verbs;
  return {
    name: `${verbs.join(", ")} ${resource}`,
    ...(lost === undefined ? {} : { lost }),
    remedy: () =>
      `Bind ${who()} to a ClusterRole with { apiGroups: [${group || '""'}], resources: [${resource}], verbs: [${missing.join(", ")}] } (the chart's rbac.create makes it).`,
    test: async () => {
      const answers = await Promise.all(
        verbs.map(async (verb) => ({ verb, ...(await ask({ verb, group, resource })) })),
      );
      missing = answers.filter(({ allowed }) => !allowed).map(({ verb }) => verb);
      if (missing.length === 0) return "allowed";
      const said = answers.find(({ allowed, reason }) => !allowed && reason !== undefined)?.reason;
      const why = said === undefined ? "" : ` (${said})`;
      throw new Failure("refused", `the API server allows no ${missing.join(", ")}${why}`);
    },
  };
}
