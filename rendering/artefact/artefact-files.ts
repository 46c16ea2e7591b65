import {
  artefactBranchesPath,
  artefactConfigurationPath,
} from "../../core/artefact/delivery-artefact.ts";
import type { ConfigPath, Delivery, Environment } from "../../core/delivery/delivery.ts";
import type { CheckedOutBranch } from "../inputs/config-branch.ts";
import { filesUnder, isThere, type Root } from "../inputs/contained-files.ts";
import type { ConfigRoots } from "../inputs/app-config.ts";
import type { PreparedApp } from "../render-app.ts";
import { withPreparedApps } from "../with-prepared-apps.ts";

/** Where a file of the artefact comes from, and where it lies there. */
export type ArtefactFile = { readonly root: Root; readonly from: string; readonly to: string };

type Options = {
  readonly delivery: Delivery;
  readonly roots: ConfigRoots;
  /** Branches that are checked out already, by environment. */
  readonly pinnedBranches?: ReadonlyMap<string, CheckedOutBranch>;
};

/**
 * Every file that a render of any environment may read, handed on while the branches of the
 * configuration repository are checked out, with their commits.
 * @throws InputError with every missing, remote or outside file.
 */
export function withArtefactFiles<Result>(
  { delivery, roots, pinnedBranches }: Options,
  work: (
    files: readonly ArtefactFile[],
    branches: Readonly<Record<string, string>>,
  ) => Promise<Result>,
): Promise<Result> {
  const options = {
    delivery: { ...delivery, environments: delivery.environments.map(withoutValues) },
    roots,
    ...(pinnedBranches ? { pinnedBranches } : {}),
    variables: () => undefined,
  };
  return withPreparedApps(options, async (apps, branches) => {
    const files = [
      ...extraFiles({ delivery, roots }),
      ...apps.flatMap((app) => filesOf(app, branches.get(app.job.environment.name)?.root)),
    ];
    const commits = [...branches].map(([name, { commit }]) => [name, commit] as const);
    return work(onceEach(files), Object.fromEntries(commits));
  });
}

// Which files are read follows from names alone; CI need not know what CD will get.
function withoutValues(environment: Environment): Environment {
  const variables = environment.config.variables.map((each) => ({
    ...each,
    default: each.default ?? (each.type === "boolean" ? "true" : "1"),
  }));
  return { ...environment, config: { ...environment.config, variables } };
}

function extraFiles({ delivery, roots: { code } }: Options): readonly ArtefactFile[] {
  const named = [...delivery.validate.schemas, "fluxgate.lock.json"];
  return named
    .filter((path) => isThere(code, path))
    .flatMap((path) => filesUnder(code, path))
    .map((path) => ({ root: code, from: path, to: path }));
}

function filesOf({ job, context, inputs }: PreparedApp, branch: Root | undefined) {
  const { code, configuration } = job.roots;
  const read = inputs.flat().map((path): ArtefactFile => ({ root: code, from: path, to: path }));
  const { files, snippets } = job.environment.config;
  const place = ({ path: written, from }: ConfigPath): readonly ArtefactFile[] => {
    const path = context.expand(written);
    const root = from === "code" ? code : configuration;
    if (root === undefined || !isThere(root, path)) return [];
    const folder =
      from === "code"
        ? ""
        : branch === undefined
          ? `${artefactConfigurationPath}/`
          : `${artefactBranchesPath}/${job.environment.name}/`;
    return filesUnder(root, path).map((each) => ({ root, from: each, to: `${folder}${each}` }));
  };
  return [...read, ...[...files, ...snippets].flatMap(place)];
}

function onceEach(files: readonly ArtefactFile[]): readonly ArtefactFile[] {
  return [...new Map(files.map((file) => [file.to, file])).values()].sort((a, b) =>
    a.to < b.to ? -1 : 1,
  );
}
