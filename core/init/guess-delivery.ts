// From the files of a repository to what fluxgate.yaml and the pipelines will say.
import type { DeliveryFile } from "../delivery/delivery-file.ts";
import { pathPattern } from "../delivery/schema-words.ts";
import { namespaceOf, withReleases } from "./apply-deploy-facts.ts";
import { inOrderOfPromotion } from "./environment-names.ts";
import { automationNotes } from "./find-automation.ts";
import { chartFolders, findCharts } from "./find-charts.ts";
import { findImages } from "./find-images.ts";
import { findJsonnet } from "./find-jsonnet.ts";
import { findKustomizations, kustomizationFolders } from "./find-kustomizations.ts";
import { findPlain } from "./find-plain.ts";
import type { FoundApp } from "./found-app.ts";
import { type KnownPipelines, readPipelines } from "./read-pipelines.ts";
import { deliveryName, folderOf, nameOf, type RepositoryFile } from "./repository-file.ts";

export type Guess = {
  /** As it is written. */
  readonly delivery: DeliveryFile & { readonly apiVersion: string; readonly kind: string };
  readonly pipelines: KnownPipelines;
  /** Files that have to be there for each environment and are not. */
  readonly missing: readonly string[];
  /** What was found, and where. */
  readonly found: readonly string[];
  /** What a person has to look at. */
  readonly notes: readonly string[];
};

export type GuessOptions = {
  /** Of the repository, and of the delivery. */
  readonly name: string;
  /** What the caller says, rather than what the files do. */
  readonly environments?: readonly string[];
};

/** Undefined where nothing is deployed from these files. */
export function guessDelivery(
  given: readonly RepositoryFile[],
  options: GuessOptions,
): Guess | undefined {
  const name = deliveryName(options.name) || "delivery";
  const files = given.filter(({ path }) => !isForeign(path) && isNameable.test(path));
  const pipelines = readPipelines(files);
  const taken = [
    ...chartFolders(files),
    ...homesOf(kustomizationFolders(files)),
    ...pipelines.files,
  ];
  const apps = withOwnNames([
    ...withReleases(findCharts(files), pipelines.facts),
    ...findKustomizations(files, name),
    ...findJsonnet(files, name),
    ...findPlain(files, { taken: [...taken, ...valuesOf(files)], fallback: name }),
  ]);
  if (apps.length === 0) return undefined;
  const seen = [...apps.flatMap((app) => app.environments), ...pipelines.environments];
  const chosen = options.environments ?? [];
  const known = inOrderOfPromotion(seen.filter((each) => deliveryName(each) === each));
  const environments = chosen.length > 0 ? chosen : known.length > 0 ? known : ["dev"];
  const { namespace, notes: ofNamespaces } = namespaceOf(pipelines.facts);
  const images = findImages(files, { repository: name, contexts: pipelines.contexts });
  return {
    delivery: {
      apiVersion: "fluxgate.dev/v1",
      kind: "Delivery",
      metadata: { name },
      ...(images.images.length > 0 ? { images: images.images } : {}),
      apps: apps.map((app) => ({
        ...appFile(app, environments),
        ...(namespace === undefined ? {} : { namespace }),
      })),
      ...configOf(apps),
      environments: environments.map((each) => ({ name: each })),
    },
    pipelines,
    missing: missingFiles(apps, { environments, files }),
    found: [
      ...apps.map((app) => `app ${app.name}: ${app.from}`),
      ...images.images.map(
        (one) => `image ${one.name}: ${one.dockerfile ?? `${one.context}/Dockerfile`}`,
      ),
    ],
    notes: [
      ...(known.length === 0 && chosen.length === 0
        ? ["no file tells environments apart: dev is a guess; add the others under environments"]
        : []),
      ...passedOver(given),
      ...apps.flatMap((app) => app.notes),
      ...images.notes,
      ...ofNamespaces,
      ...automationNotes(files),
      ...pipelines.deploys.map(({ place, task, does }) => {
        const who = does === "bakes" ? "RenderManifests" : "Flux";
        return `${place}: ${task} ${does}; ${who} will: take it out once the first run is green`;
      }),
    ],
  };
}

// Others cannot stand in fluxgate.yaml.
const isNameable = new RegExp(pathPattern);

function passedOver(given: readonly RepositoryFile[]): readonly string[] {
  const [first, ...more] = given.filter(({ path }) => !isForeign(path) && !isNameable.test(path));
  if (first === undefined) return [];
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  return [`${first.path}${others}: passed over, since fluxgate.yaml can name no such path`];
}

function isForeign(path: string): boolean {
  return /(^|\/)(node_modules|\.git|\.terraform|vendor\/charts|bin|obj|testdata)\//.test(path);
}

// What lies beside overlays belongs to them: bases, patches, components.
function homesOf(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    const parent = folderOf(folder);
    return /^(overlays?|environments?|envs?)$/.test(nameOf(parent)) ? [folder, parent] : [folder];
  });
}

// Values of charts look like anything.
function valuesOf(files: readonly RepositoryFile[]): readonly string[] {
  return files.map(({ path }) => path).filter((path) => /(^|\/)values[^/]*\.ya?ml$/.test(path));
}

function withOwnNames(apps: readonly FoundApp[]): readonly FoundApp[] {
  const used = new Set<string>();
  return apps.map((app) => {
    let name = app.name;
    for (let at = 2; used.has(name); at++) name = `${app.name.slice(0, 46)}-${at}`;
    used.add(name);
    return { ...app, name };
  });
}

function appFile(app: FoundApp, environments: readonly string[]): DeliveryFile["apps"][number] {
  const own = environments.filter((each) => app.environments.includes(each));
  const isPartial =
    own.length > 0 && own.length < environments.length && app.perEnvironment.length === 0;
  return { name: app.name, ...(isPartial ? { environments: own } : {}), render: app.render };
}

function configOf(apps: readonly FoundApp[]): Pick<DeliveryFile, "config"> {
  const merged = new Map<string, "string" | "tag" | "integer">();
  for (const [name, { type, isTag }] of apps.flatMap((app) => [...app.variables])) {
    const kind = isTag ? "tag" : type === "integer" ? "integer" : "string";
    merged.set(name, merged.has(name) && merged.get(name) !== kind ? "string" : kind);
  }
  if (merged.size === 0) return {};
  const variables = [...merged].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    config: {
      variables: Object.fromEntries(
        variables.map(([name, kind]) => [
          name,
          // The image list puts the real tag there.
          kind === "tag" ? { type: "string", default: "unset" } : kind,
        ]),
      ),
    },
  };
}

function missingFiles(
  apps: readonly FoundApp[],
  of: { readonly environments: readonly string[]; readonly files: readonly RepositoryFile[] },
): readonly string[] {
  const there = new Set(of.files.map(({ path }) => path));
  const wanted = apps.flatMap(({ perEnvironment }) =>
    perEnvironment.flatMap((path) =>
      of.environments.map((each) => path.replaceAll("${environment}", each)),
    ),
  );
  return [...new Set(wanted)].filter((path) => !there.has(path));
}
