import { pathMatcher } from "../../core/artefact/path-pattern.ts";
import type { RepositoryAddress } from "../../core/azure-devops/urls.ts";
import type { ConnectorConfig } from "../../core/connector-config/config.ts";
import type { FluxObject, Kustomization } from "../../core/flux/flux-object.ts";
import { fluxKey } from "../../core/flux/flux-object.ts";
import { sourceBinding, type BranchOfRepository } from "../../core/flux/source-binding.ts";
import { environmentMembers } from "../../core/gate/environment-members.ts";
import { Failure, type Check } from "./check.ts";

type Environment = ConnectorConfig["environments"][number];
type Cluster = {
  readonly name: string;
  /** Listed once, by whoever asks first. @throws HttpError */
  readonly flux: () => Promise<readonly FluxObject[]>;
};

type World = {
  readonly config: ConnectorConfig;
  readonly clusters: readonly Cluster[];
  /** A repository of the configuration by names and by ids. */
  readonly addressesOf: (repository: string) => Promise<readonly RepositoryAddress[]>;
};

/** Whether what the configuration calls an environment is what Flux runs in its clusters. */
export function environmentChecks(world: World): readonly Check[] {
  return world.config.environments.flatMap((environment) =>
    environment.clusters.flatMap(({ name }) => {
      const cluster = world.clusters.find((one) => one.name === name);
      return cluster ? [environmentCheck(world, environment, cluster)] : [];
    }),
  );
}

function environmentCheck(
  { config, addressesOf }: World,
  environment: Environment,
  cluster: Cluster,
): Check {
  const { name, objects, repository } = environment;
  return {
    name: `${name} in ${cluster.name}`,
    remedy: `Put the label fluxgate.dev/environment: ${name} on its Kustomizations and HelmReleases, or name them in environments[].objects, and let their GitRepository follow the branch that the configuration names.`,
    test: async () => {
      const flux = await cluster.flux();
      const members = environmentMembers(flux, { environment: name, assigned: objects });
      if (members.length === 0) throw new Failure("absent", "no object of Flux is of it");
      const branch = config.repositories.find((one) => one.name === repository)?.branch ?? "";
      const of = { repository: await addressesOf(repository), branch };
      const problems = members.flatMap((one) =>
        one.kind === "Kustomization" ? [{ one, why: unbound(flux, one, of) }] : [],
      );
      const bound = problems.filter(({ why }) => why === undefined);
      const [first] = problems.filter(({ why }) => why !== undefined);
      if (bound.length === 0) {
        const why = first ? `: source ${first.why}` : ", and a HelmRelease is judged by its parent";
        const text = `none of its ${members.length} objects builds from ${repository}${why}`;
        throw new Failure("wrong", text);
      }
      const keys = flux.map(fluxKey);
      // Each cluster of an environment may run a part of what is assigned to it.
      const lost = objects.filter((pattern) => !keys.some(pathMatcher(pattern)));
      const elsewhere = lost.length === 0 ? "" : `; not here: ${lost.join(", ")}`;
      return `${members.length} objects, ${bound.length} build from ${repository}${elsewhere}`;
    },
  };
}

/** Why a Kustomization does not build from a branch; undefined where it does. */
function unbound(
  flux: readonly FluxObject[],
  { source }: Kustomization,
  of: BranchOfRepository,
): string | undefined {
  const found = flux.find((object) => fluxKey(object) === fluxKey(source));
  if (found === undefined) return `${fluxKey(source)} is not there`;
  const binding = sourceBinding(found, of);
  return binding.bound ? undefined : `${fluxKey(source)} ${binding.why}`;
}
