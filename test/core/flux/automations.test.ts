import assert from "node:assert/strict";
import { automationsOf, isAutomation } from "../../../core/flux/automations.ts";
import { fluxKey } from "../../../core/flux/flux-object.ts";
import type { FluxApplier, FluxObject } from "../../../core/flux/flux-object.ts";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";

function made(kind: string, name: string, facts: { spec?: object; status?: object; at?: string }) {
  const version =
    kind === "Kustomization" ? "kustomize.toolkit.fluxcd.io/v1" : "image.toolkit.fluxcd.io/v1";
  const { spec = {}, status = {}, at = "flux-system" } = facts;
  const metadata = { name, namespace: at, generation: 1 };
  const object = parseFluxObject({ apiVersion: version, kind, metadata, spec, status });
  assert.ok(object);
  return object;
}

const source = (name: string) => ({ sourceRef: { kind: "GitRepository", name } });
const member = made("Kustomization", "shop-dev", {
  spec: { ...source("manifests"), path: "./dev" },
});
const automation = (name: string, path: string, from = "manifests") =>
  made("ImageUpdateAutomation", name, { spec: { ...source(from), update: { path } } });
const policy = (name: string, at?: string) =>
  made("ImagePolicy", name, {
    spec: { imageRepositoryRef: { name: "api" } },
    status: { latestRef: { name: "registry.fabrikam.com/api", tag: "1.2.3" } },
    ...(at === undefined ? {} : { at }),
  });
const registry = made("ImageRepository", "api", { spec: { image: "registry.fabrikam.com/api" } });

const shown = (flux: readonly FluxObject[]) =>
  automationsOf([member as FluxApplier], flux).map(fluxKey);

describe("what writes images to an environment's files", () => {
  it("is an automation over its folder, one above, and one below", () => {
    const all = [
      ...[automation("own", "./dev"), automation("all", ""), automation("below", "./dev/shop")],
      ...[automation("other", "./prod"), automation("elsewhere", "./dev", "code")],
    ];
    assert.deepEqual(shown(all), [
      "ImageUpdateAutomation/flux-system/own",
      "ImageUpdateAutomation/flux-system/all",
      "ImageUpdateAutomation/flux-system/below",
    ]);
  });

  it("chooses by the policies of its namespace, which read what they name", () => {
    const all = [automation("own", "./dev"), policy("api"), policy("far", "team"), registry];
    assert.deepEqual(shown(all).slice(1), [
      "ImagePolicy/flux-system/api",
      "ImageRepository/flux-system/api",
    ]);
  });

  it("is what writes to one of several, of which a release builds from no folder", () => {
    const [other, release] = [
      made("Kustomization", "web", { spec: { ...source("manifests"), path: "./web" } }),
      parseFluxObject({
        ...{ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
        metadata: { name: "chart", namespace: "flux-system" },
      }),
    ];
    const of = (members: readonly (FluxObject | undefined)[]) =>
      automationsOf(members as readonly FluxApplier[], [automation("own", "./dev")]).length;
    assert.equal(of([release, other, member]), 1);
    assert.equal(of([release, other]), 0);
  });

  it("chooses by no policy whose registry is none", () => {
    const odd = made("ImagePolicy", "odd", {
      spec: { imageRepositoryRef: { kind: "Kustomization", name: "shop-dev" } },
    });
    const all = [automation("own", "./dev"), odd, member, policy("lost")];
    assert.deepEqual(shown(all), [
      "ImageUpdateAutomation/flux-system/own",
      ...["ImagePolicy/flux-system/odd", "ImagePolicy/flux-system/lost"],
    ]);
  });

  it("is told by its kind", () => {
    const kinds = ["ImageUpdateAutomation", "ImagePolicy", "ImageRepository", "Kustomization", "X"];
    assert.deepEqual(kinds.map(isAutomation), [true, true, true, false, false]);
  });

  it("is nothing where no automation writes there, whatever policies stand around", () => {
    assert.deepEqual(shown([policy("api"), registry]), []);
  });

  it("says what a policy chose, as Flux 2.5 writes it and as before", () => {
    const status = { latestImage: "registry.fabrikam.com/api:1.2.2" };
    const before = made("ImagePolicy", "api", { status });
    const [now, old] = [policy("api"), before].map((one) => "latest" in one && one.latest);
    assert.deepEqual([now, old], ["registry.fabrikam.com/api:1.2.3", status.latestImage]);
  });
});
