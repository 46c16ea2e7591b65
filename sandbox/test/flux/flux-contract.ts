import type { FluxCluster } from "../../flux.ts";
import { apiCases } from "./api-cases.ts";
import { commitStatusCases } from "./commit-status-cases.ts";
import { secret } from "./flux-objects.ts";
import { createWorld, type World } from "./flux-world.ts";
import { conflictCases } from "./conflict-cases.ts";
import { healthCases } from "./health-cases.ts";
import { helmCases } from "./helm-cases.ts";
import { helmPackingCases } from "./helm-packing-cases.ts";
import { helmRefusalCases } from "./helm-refusal-cases.ts";
import { helmRepositoryCases } from "./helm-repository-cases.ts";
import { kustomizationCases } from "./kustomization-cases.ts";
import { notificationCases } from "./notification-cases.ts";
import { ociCases } from "./oci-cases.ts";
import { refusalCases } from "./refusal-cases.ts";
import { sourceCases } from "./source-cases.ts";

export type CaseGroup = readonly [title: string, cases: (world: () => World) => void];

export const caseGroups = {
  api: ["the Kubernetes API", apiCases],
  source: ["a GitRepository", sourceCases],
  kustomization: ["a Kustomization", kustomizationCases],
  refusal: ["a Kustomization that is refused", refusalCases],
  health: ["health", healthCases],
  notification: ["an Alert", notificationCases],
  commitStatus: ["a Provider of commit statuses", commitStatusCases],
  oci: ["an OCIRepository", ociCases],
  conflicts: ["fields of others", conflictCases],
  helm: ["a HelmRelease", helmCases],
  helmPacking: ["what goes into a HelmRelease", helmPackingCases],
  helmRepository: ["a HelmRepository", helmRepositoryCases],
  helmRefusal: ["a HelmRelease in trouble", helmRefusalCases],
} as const satisfies Readonly<Record<string, CaseGroup>>;

/** The same cases for either form of the cluster: where one fails on the double only, it is wrong. */
export function fluxContract(
  name: string,
  start: () => Promise<FluxCluster>,
  groups: readonly CaseGroup[],
): void {
  describe(name, function () {
    this.timeout(120_000);
    let world: World | undefined;
    before(async function () {
      // The real one may have to be built first.
      this.timeout(900_000);
      world = await createWorld(await start());
      await world.apply(secret());
    });
    afterEach(() => world?.rest());
    after(async () => {
      await world?.stop();
    });
    const given = () => {
      if (!world) throw new Error("the cluster did not start");
      return world;
    };
    for (const [title, cases] of groups) describe(title, () => cases(given));
  });
}
