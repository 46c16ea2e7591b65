import type { Access, ResourceAction } from "../../clients/kubernetes/access.ts";
import { clusterRights, type ClusterRight } from "../../core/connector-config/cluster-rights.ts";
import { Failure, type Check } from "./check.ts";

/** One check a resource: each verb is asked for, and what is missing is written as a rule. */
export function accessChecks(of: {
  readonly nudge: boolean;
  /** All that the connector may read; absent: the whole cluster. */
  readonly namespaces?: readonly string[] | undefined;
  readonly ask: (action: ResourceAction) => Promise<Access>;
  /** Whom to grant it to; known once the API server has answered. */
  readonly who: () => string;
}): readonly Check[] {
  const rights = clusterRights({ nudge: of.nudge });
  const { namespaces = [undefined] } = of;
  return namespaces.flatMap((namespace) =>
    rights
      // What belongs to no namespace cannot be granted in one.
      .filter(({ resource }) => namespace === undefined || !ofClusters.has(resource))
      .map((right) => accessCheck(right, namespace, of)),
  );
}

const ofClusters = new Set(["customresourcedefinitions", "apiservices"]);

function accessCheck(
  { group, resource, verbs, lost }: ClusterRight,
  namespace: string | undefined,
  { ask, who }: Pick<Parameters<typeof accessChecks>[0], "ask" | "who">,
): Check {
  let missing: readonly string[] = verbs;
  return {
    name: `${verbs.join(", ")} ${resource}${namespace === undefined ? "" : ` in ${namespace}`}`,
    ...(lost === undefined ? {} : { lost }),
    remedy: () =>
      `Bind ${who()} to a ${namespace === undefined ? "ClusterRole" : `Role in ${namespace}`} with { apiGroups: [${group || '""'}], resources: [${resource}], verbs: [${missing.join(", ")}] } (the chart's ${namespace === undefined ? "rbac.create" : "rbac.namespaces"} makes it).`,
    test: async () => {
      const answers = await Promise.all(
        verbs.map(async (verb) => ({
          verb,
          ...(await ask({
            verb,
            group,
            resource,
            ...(namespace === undefined ? {} : { namespace }),
          })),
        })),
      );
      missing = answers.filter(({ allowed }) => !allowed).map(({ verb }) => verb);
      if (missing.length === 0) return "allowed";
      const said = answers.find(({ allowed, reason }) => !allowed && reason !== undefined)?.reason;
      const why = said === undefined ? "" : ` (${said})`;
      throw new Failure("refused", `the API server allows no ${missing.join(", ")}${why}`);
    },
  };
}
