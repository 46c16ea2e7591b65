import type { FluxCluster } from "../../../sandbox/flux.ts";
import { createWorld, type World } from "./flux-world.ts";
import { secret } from "./flux-objects.ts";
import { healthCases } from "./health-cases.ts";
import { kustomizationCases } from "./kustomization-cases.ts";
import { refusalCases } from "./refusal-cases.ts";
import { sourceCases } from "./source-cases.ts";

/** The same cases for either form of the cluster: where one fails on the double only, it is wrong. */
export function fluxContract(
  name: string,
  start: (this: Mocha.Context) => Promise<FluxCluster>,
): void {
  describe(name, function () {
    this.timeout(120_000);
    let world: World | undefined;
    before(async function () {
      this.timeout(900_000);
      world = await createWorld(await start.call(this));
      await world.apply(secret());
    });
    after(async () => {
      await world?.stop();
    });
    const given = () => {
      if (!world) throw new Error("the cluster did not start");
      return world;
    };
    describe("a GitRepository", () => sourceCases(given));
    describe("a Kustomization", () => kustomizationCases(given));
    describe("a Kustomization that is refused", () => refusalCases(given));
    describe("health", () => healthCases(given));
  });
}
