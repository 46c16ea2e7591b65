import { call } from "../../rest.ts";
import type { Person } from "../../rest-types.ts";

export type Vote = 10 | 5 | 0 | -5 | -10;

/** What a vote says, and how the button that casts it is named. */
export const votes: Readonly<Record<Vote, { readonly said: string; readonly action: string }>> = {
  10: { said: "Approved", action: "Approve" },
  5: { said: "Approved with suggestions", action: "Approve with suggestions" },
  0: { said: "No vote", action: "Reset vote" },
  [-5]: { said: "Waiting for the author", action: "Wait for author" },
  [-10]: { said: "Rejected", action: "Reject" },
};

export function voteText(value: number): string {
  return votes[value as Vote]?.said ?? String(value);
}

/** Who looks. */
export async function readWhoAmI(): Promise<Person> {
  const { authenticatedUser } = await call<{
    authenticatedUser: { id: string; providerDisplayName: string };
  }>("_apis/connectionData?api-version=7.1-preview");
  return { id: authenticatedUser.id, displayName: authenticatedUser.providerDisplayName };
}

export async function castVote(pullRequestUrl: string, value: Vote): Promise<void> {
  const { id } = await readWhoAmI();
  await call(`${pullRequestUrl}/reviewers/${id}?api-version=7.1`, {
    method: "PUT",
    body: { vote: value },
  });
}
