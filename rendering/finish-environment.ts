import type { App, Delivery, Environment } from "../core/delivery/delivery.ts";
import type { Problem } from "../core/errors.ts";
import type { ImageReference } from "../core/manifests/images.ts";
import { identityKey, identityOf } from "../core/manifests/identity.ts";
import type { KubernetesObject } from "../core/manifests/identity.ts";
import { applyImages } from "../core/render/apply-images.ts";
import { appTree } from "../core/render/app-tree.ts";
import type { AppFile } from "../core/render/app-tree.ts";
import { type AppOrigin, mostPlaces, type ObjectOrigin } from "../core/render/origins.ts";
import { checkImages } from "../core/render/check-images.ts";
import type { RenderedImage } from "../core/render/render-result.ts";
import type { CheckedObject } from "../core/render/check-objects.ts";
import type { Kube } from "../kube/kube.ts";
import type { InstalledSchemas } from "./checks/installed-schemas.ts";
import { checkEnvironment } from "./checks/check-environment.ts";
import type { RenderedText } from "./engines/engine.ts";
import { sha256 } from "../clients/sha256.ts";
import type { DigestedApp } from "./cache/digested-app.ts";
import { placeIn } from "./inputs/app-config.ts";
import type { StepContext } from "./step-context.ts";
import type { RenderedApp } from "./render-app.ts";

export type ChainedApp = { readonly prepared: DigestedApp; readonly rendered: RenderedApp };

export type FinishedEnvironment = {
  readonly environment: Environment;
  readonly files: readonly (AppFile & {
    readonly app: string;
    /** Of objects that this render made. */
    readonly origin?: ObjectOrigin;
  })[];
  /** By the app's name, of those that were rendered. */
  readonly apps: Readonly<Record<string, AppOrigin>>;
  readonly highLevel: readonly { readonly app: string; readonly texts: readonly RenderedText[] }[];
  readonly images: readonly RenderedImage[];
  readonly inputsDigest: string;
  /** Of the configuration repository's branch that the environment names. */
  readonly configurationCommit?: string;
  /** Over names and values of its variables; absent where it has none. */
  readonly variablesDigest?: string;
  readonly warnings: readonly Problem[];
  readonly problems: readonly Problem[];
  /** Kubernetes' own code gave no answer: the next time it may. */
  readonly isUnasked?: boolean;
};

type Options = {
  readonly environment: Environment;
  readonly delivery: Delivery;
  readonly apps: readonly ChainedApp[];
  readonly images?: readonly ImageReference[];
  readonly warnings: readonly string[];
  readonly installed: Pick<InstalledSchemas, "bundle" | "definitions">;
  readonly kube?: Kube | undefined;
  /** Whether apps of the environment are left out. */
  readonly partial: boolean;
};

/** Applies images and namespaces and lays out the files of one environment. */
export async function finishEnvironment(options: Options): Promise<FinishedEnvironment> {
  const { environment, delivery, apps } = options;
  const listed = options.images ?? [];
  const uses = new Map<string, number>();
  const unpinned = new Set<string>();
  const finished = apps.map(({ prepared, rendered }) => {
    const { app } = prepared.job;
    const { documents } = rendered;
    const before = documents.map(({ object }) => object);
    const applied = applyImages(before, listed, delivery.imageFields);
    for (const name of applied.unpinned) unpinned.add(name);
    for (const [name, count] of applied.uses) uses.set(name, (uses.get(name) ?? 0) + count);
    return { app, documents, objects: applied.objects };
  });
  const checked = await checkEnvironment({ ...options, objects: finished.flatMap(checkedObjects) });
  const images = checkImages({
    ...{ delivery, uses, unpinned, images: options.images, partial: options.partial },
    environment: environment.name,
  });
  const digests = apps.map(({ prepared }) => [prepared.job.app.name, prepared.digest]);
  const used = listed.filter(({ name }) => uses.has(name));
  return {
    environment,
    files: finished.flatMap(filesOf),
    apps: Object.fromEntries(
      apps.map(({ prepared }) => [prepared.job.app.name, appOrigin(prepared.context)]),
    ),
    highLevel: apps.flatMap(({ prepared, rendered }) =>
      rendered.highLevel ? [{ app: prepared.job.app.name, texts: rendered.highLevel }] : [],
    ),
    images: imagesOf(options, uses),
    inputsDigest: sha256(JSON.stringify([digests, used])),
    isUnasked: checked.isUnasked,
    warnings: [
      ...[...options.warnings, ...emptyApps(options), ...images.warnings].map((message) => ({
        message,
      })),
      ...checked.warnings,
    ],
    problems: [
      ...images.problems,
      ...repeated(environment, finished),
      ...(options.partial ? [] : unusedPatches(apps)),
      ...checked.problems,
    ],
  };
}

type FinishedApp = {
  readonly app: App;
  readonly documents: RenderedApp["documents"];
  /** The same with images. */
  readonly objects: readonly KubernetesObject[];
};

function filesOf({ app, documents, objects }: FinishedApp): FinishedEnvironment["files"] {
  const origins = new Map(
    objects.map((object, index) => [identityKey(identityOf(object)), documents[index]?.origin]),
  );
  return appTree(app, objects).map((file) => {
    const origin = file.identity && origins.get(identityKey(file.identity));
    return { ...file, app: app.name, ...(origin === undefined ? {} : { origin }) };
  });
}

function appOrigin({ app, config, expand }: StepContext): AppOrigin {
  const own = app.render.flatMap((step) =>
    step.engine === "helm" ? step.values.map((file) => ({ file: expand(file) })) : [],
  );
  return {
    steps: app.render.map(({ engine }) => engine).slice(0, mostPlaces),
    values: [...own, ...config.files.map((file) => placeIn(file))].slice(0, mostPlaces),
    variables: [...config.variables.keys()].slice(0, mostPlaces),
  };
}

function checkedObjects({ app, documents, objects }: FinishedApp): readonly CheckedObject[] {
  return objects.map((object, index) => {
    const { file, line } = documents[index] ?? {};
    return { app, object, ...(file ? { file } : {}), ...(line === undefined ? {} : { line }) };
  });
}

function imagesOf(
  { delivery, images = [] }: Options,
  uses: ReadonlyMap<string, number>,
): readonly RenderedImage[] {
  const names = [...new Set([...delivery.images, ...images].map(({ name }) => name))];
  return names.map((name) => {
    const listed = images.find((image) => image.name === name);
    const { tag, digest } = listed ?? {};
    return {
      name,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
      uses: uses.get(name) ?? 0,
    };
  });
}

// A file that went missing, or a condition that is never true, looks like this.
function emptyApps({ apps, environment, partial }: Options): readonly string[] {
  if (apps.length === 0 && !partial) {
    return [
      `environment ${environment.name}: no app of fluxgate.yaml renders into it, so nothing was checked`,
    ];
  }
  return apps
    .filter(({ rendered }) => rendered.documents.length === 0)
    .map(({ prepared }) => {
      return `app ${prepared.job.app.name}, environment ${environment.name}: nothing was rendered`;
    });
}

function repeated(environment: Environment, apps: readonly FinishedApp[]): readonly Problem[] {
  const places = new Map<string, string[]>();
  for (const { app, documents } of apps) {
    for (const { object, file, line } of documents) {
      const key = identityKey(identityOf(object));
      const place = line === undefined ? file : `${file}:${line}`;
      places.set(key, [...(places.get(key) ?? []), `app ${app.name}: ${place}`]);
    }
  }
  return [...places]
    .filter(([, found]) => found.length > 1)
    .map(([key, found]) => ({
      message: `environment ${environment.name}: ${key} is rendered ${found.length} times (${[...new Set(found)].join(", ")})`,
    }));
}

// A patch for all apps must find its object in one of them.
function unusedPatches(apps: readonly ChainedApp[]): readonly Problem[] {
  const [first, ...others] = apps.map(({ rendered }) => rendered.unused);
  return (first ?? []).filter(({ file, line }) =>
    others.every((unused) => unused.some((each) => each.file === file && each.line === line)),
  );
}
