import { connectAzureDevOps, type AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import type { IdentityName } from "../../sandbox/test/support/sandbox-with.ts";

/** The product's own clients, signed in as one of the sandbox's identities. */
export function clientOf(sandbox: Sandbox, identity: IdentityName): AzureDevOps {
  return connectAzureDevOps({
    organisationUrl: sandbox.organisationUrl,
    token: async () => `sandbox-${identity}`,
    kind: "pat",
  });
}
