import type { Environment } from "../../core/delivery/delivery.ts";
import { schemasVersion } from "../checks/schemas/known-schemas.ts";
import type { FinishedEnvironment } from "../finish-environment.ts";
import { sha256 } from "../../clients/sha256.ts";
import type { InstalledSchemas } from "../checks/installed-schemas.ts";
import type { DigestedApp } from "./digested-app.ts";
import { type RenderCache, storedForm } from "./render-cache.ts";
import type { RenderOptions } from "../render-options.ts";

type Stored = Omit<FinishedEnvironment, "environment" | "configurationCommit" | "variablesDigest">;

/** What decides the files of an environment, besides the code of this version. */
export function environmentKey(
  environment: Environment,
  apps: readonly DigestedApp[],
  options: RenderOptions & { readonly installed: InstalledSchemas },
): string {
  const { delivery, images, installed, checkDeterministic = false } = options;
  return sha256(
    JSON.stringify([
      [storedForm, environment.name, environment.kubernetesVersion],
      apps.map(({ job, digest }) => [job.app.name, digest]),
      [images ?? "none", delivery.images, delivery.imageFields],
      [
        delivery.validate,
        installed.texts.map(sha256),
        schemasVersion(environment.kubernetesVersion),
        options.kube?.digest ?? "",
      ],
      [checkDeterministic, options.apps ?? "all"],
    ]),
  );
}

/** A finished environment without problems from the cache. */
export function storedEnvironment(
  environment: Environment,
  { cache, key }: { readonly cache: RenderCache | undefined; readonly key: string },
): FinishedEnvironment | undefined {
  const stored = cache?.read("environments", key) as Stored | undefined;
  return stored && { ...stored, environment };
}

/** Keeps one; those with problems, or with checks that another run can make, are not kept. */
export function storeEnvironment(
  cache: RenderCache,
  key: string,
  finished: FinishedEnvironment,
): void {
  if (finished.problems.length > 0 || finished.isUnasked === true) return;
  const { files, apps, highLevel, images, inputsDigest, warnings, problems } = finished;
  const stored: Stored = { files, apps, highLevel, images, inputsDigest, warnings, problems };
  cache.write("environments", key, stored);
}
