import { connectAzureDevOps, type AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { createSandbox, type Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import type { Seed, SeedRepository } from "../../sandbox/azure-devops/seed.ts";

export type IdentityName = "admin" | "developer" | "approver" | "reader" | "build" | "connector";

/** An organisation `fabrikam` with one project `shop` and the given repositories. */
export function sandboxWith(
  repositories: readonly SeedRepository[],
  more: Pick<Seed, "workItems"> = {},
): Promise<Sandbox> {
  return createSandbox({
    seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories }], ...more },
  });
}

/** The product's own clients, signed in as one of the sandbox's identities. */
export function clientOf(sandbox: Sandbox, identity: IdentityName): AzureDevOps {
  return connectAzureDevOps({
    organisationUrl: sandbox.organisationUrl,
    token: async () => `sandbox-${identity}`,
    kind: "pat",
  });
}
