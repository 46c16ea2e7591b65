// Clusters that another connector judges (`observer`), environments that another one decides
// (`decider`): what does not go together.
import type { PlacedProblem } from "../delivery/schema-problem.ts";

type Entry = { readonly [key: string]: unknown };

export function observerProblems(of: {
  readonly clusters: readonly Entry[];
  readonly environments: readonly Entry[];
  readonly electedIn: unknown;
}): readonly PlacedProblem[] {
  const observed = new Set(
    of.clusters.flatMap(({ name, observer }) => (observer === undefined ? [] : name)),
  );
  return [
    ...of.clusters.flatMap((cluster, index) => {
      if (cluster["observer"] === undefined) return [];
      return ["kubeconfig", "kubeConfigs", "namespaces"].flatMap((key) =>
        cluster[key] === undefined
          ? []
          : [
              {
                path: ["clusters", index, key],
                message: `a cluster with an observer is not reached from here: it has no ${key}`,
              },
            ],
      );
    }),
    ...of.environments.flatMap(({ decider, clusters }, index) =>
      (Array.isArray(clusters) ? (clusters as readonly unknown[]) : []).flatMap((one, place) => {
        const name = (one as Entry | null)?.["name"];
        if (decider === undefined || !observed.has(name)) return [];
        const message = `${String(name)} has an observer: who answers for a cluster reaches it`;
        return [{ path: ["environments", index, "clusters", place, "name"], message }];
      }),
    ),
    ...(observed.has(of.electedIn)
      ? [
          {
            path: ["leaderElection", "cluster"],
            message: "it has an observer: the Lease must be in a cluster that is reached",
          },
        ]
      : []),
  ];
}
