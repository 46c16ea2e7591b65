import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { push, statuses } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { startWorld, type World } from "../support/world.ts";

describe("Flux's own azuredevops provider", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "provider", image: "registry.fabrikam.com/api:1", env });
  const flux = { namespace: "flux-system" };
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [],
      manifests: { "dev/namespace.yaml": namespaceFile("provider"), "dev/api.yaml": api("1") },
      kustomizations: [{ name: "provider-dev", path: "dev", environment: "dev" }],
    });
    const objects = [
      {
        ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "provider-token", ...flux } },
        stringData: { token: "sandbox-connector" },
      },
      {
        apiVersion: "notification.toolkit.fluxcd.io/v1beta3",
        kind: "Provider",
        metadata: { name: "provider-azure", ...flux },
        spec: {
          type: "azuredevops",
          address: `${world.sandbox.organisationUrl}/shop/_git/manifests`,
          secretRef: { name: "provider-token" },
        },
      },
      {
        apiVersion: "notification.toolkit.fluxcd.io/v1beta3",
        kind: "Alert",
        metadata: { name: "provider-alert", ...flux },
        spec: {
          providerRef: { name: "provider-azure" },
          eventSources: [{ kind: "Kustomization", name: "provider-dev" }],
        },
      },
    ];
    const file = join(world.directory, "provider.json");
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
    await world.kubectl("apply", "--filename", file);
  });
  after(async () => {
    const file = join(world.directory, "provider.json");
    await world.kubectl("delete", "--filename", file);
    await world.close();
  });

  it("finds the sandbox's routes by itself and posts its status on the commit", async () => {
    const commit = await push(world, "manifests", { files: { "dev/api.yaml": api("2") } });
    const status = await eventually(
      "Flux's own status",
      async () =>
        (await statuses(world, commit)).find(
          ({ context, state }) => context.genre === "fluxcd" && state === "succeeded",
        ),
      { withinMs: 90_000, everyMs: 300 },
    );
    assert.match(status.context.name, /^kustomization\/provider-dev\/[0-9a-f]{8}$/);
    assert.equal(status.description, "reconciliation succeeded");
    assert.equal(status.createdBy?.displayName, "Fluxgate connector");
    assert.deepEqual(world.sandbox.unhandled(), []);
  });
});
