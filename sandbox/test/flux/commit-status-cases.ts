import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import {
  appliedAt,
  configMap,
  fluxNamespace,
  gitRepository,
  kustomization,
  kustomizationAt,
  readyReason,
} from "./flux-objects.ts";
import type { World } from "./flux-world.ts";

export function commitStatusCases(world: () => World): void {
  /** Flux' own provider for Azure DevOps, for the Kustomization of that name. */
  async function provider(name: string): Promise<void> {
    const apiVersion = "notification.toolkit.fluxcd.io/v1beta3";
    const metadata = { name, namespace: fluxNamespace };
    const { repositoryUrl: address } = world();
    await world().apply(
      {
        ...{ apiVersion: "v1", kind: "Secret", metadata },
        stringData: { token: "sandbox-connector" },
      },
      {
        ...{ apiVersion, kind: "Provider", metadata },
        spec: { type: "azuredevops", address, secretRef: { name } },
      },
      {
        ...{ apiVersion, kind: "Alert", metadata },
        spec: { providerRef: { name }, eventSources: [{ kind: "Kustomization", name }] },
      },
    );
  }
  const own = async (commit: string, state: string) =>
    eventually(`a status ${state} of ${commit.slice(0, 8)}`, async () =>
      (await world().statuses(commit)).find((one) => one.state === state),
    );

  it("posts the end on the commit, and nothing of the way there", async () => {
    const { push, apply, until } = world();
    await provider("status-end");
    const files = { "deploy/map.yaml": configMap("default", "status-end") };
    const commit = await push("status-end", files);
    await apply(gitRepository(world(), "status-end"), kustomization("status-end"));
    await until(kustomizationAt("status-end"), appliedAt(`status-end@sha1:${commit}`));
    const status = await own(commit, "succeeded");
    assert.equal(status.description, "reconciliation succeeded");
    assert.equal(status.context.genre, "fluxcd");
    assert.match(status.context.name, /^kustomization\/status-end\/[0-9a-f]{8}$/);
    assert.equal((await world().statuses(commit)).length, 1);
  });

  it("posts a failure as an error, without its words", async () => {
    await provider("status-failed");
    const commit = await world().push("status-failed", {
      "deploy/kustomization.yaml": "resources: [absent.yaml]\n",
    });
    await world().apply(gitRepository(world(), "status-failed"), kustomization("status-failed"));
    await world().until(kustomizationAt("status-failed"), readyReason("BuildFailed"));
    assert.equal((await own(commit, "error")).description, "build failed");
  });
}
