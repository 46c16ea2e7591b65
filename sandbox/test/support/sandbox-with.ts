import { createSandbox, type Sandbox } from "../../azure-devops/create-sandbox.ts";
import type { Seed, SeedRepository } from "../../azure-devops/seed.ts";

export type IdentityName =
  | ("admin" | "developer" | "approver" | "reader" | "build" | "connector")
  /** An account that the seed adds. */
  | "letters";

/** An organisation `fabrikam` with one project `shop` and the given repositories. */
export function sandboxWith(
  repositories: readonly SeedRepository[],
  more: Pick<Seed, "workItems"> = {},
): Promise<Sandbox> {
  return createSandbox({
    seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories }], ...more },
  });
}
