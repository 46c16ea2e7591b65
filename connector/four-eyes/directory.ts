import { findIdentities, type FoundIdentity } from "../../clients/azure-devops/identities.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { IdentityRef } from "../../core/azure-devops/types.ts";
import type { Someone } from "../../core/four-eyes/person.ts";
import { remember } from "../remember.ts";

/** Who is there in the organisation, each asked for once. */
export type Directory = {
  /** With all accounts that the service tells; undefined where it knows none. */
  readonly byId: (id: string) => Promise<FoundIdentity | undefined>;
  /** Whose mail address or sign-in name it is: one identity exactly. */
  readonly byAccount: (account: string) => Promise<FoundIdentity | undefined>;
};

export function createDirectory(ado: AzureDevOps): Directory {
  const known = remember<FoundIdentity | undefined>({ isFinal: (one) => one !== undefined });
  return {
    byId: (id) =>
      known(`id ${id}`, async () =>
        (await findIdentities(ado, id)).find((one) => one.id.toLowerCase() === id.toLowerCase()),
      ),
    byAccount: (account) =>
      known(`account ${account.toLowerCase()}`, async () => {
        // What only resembles it is somebody else.
        const exact = (await findIdentities(ado, account)).filter(({ accounts }) =>
          accounts.some((one) => one.toLowerCase() === account.toLowerCase()),
        );
        return exact.length === 1 ? exact[0] : undefined;
      }),
  };
}

// Descriptors of users; services, applications and groups have others.
const people = new Set(["aad", "msa", "bnd", "imp"]);

/** Is it somebody who can look at something? Fails closed. */
export function isPerson(descriptor: string | undefined): boolean {
  return people.has(descriptor?.split(".")[0] ?? "");
}

export function someoneOf({ id, displayName, accounts }: FoundIdentity): Someone {
  return { name: displayName, accounts: [id, ...accounts] };
}

/** As an answer names it, without asking for more. */
export function someoneIn({ id, displayName, uniqueName }: IdentityRef): Someone {
  return { name: displayName, accounts: [id, ...(uniqueName ? [uniqueName] : [])] };
}
