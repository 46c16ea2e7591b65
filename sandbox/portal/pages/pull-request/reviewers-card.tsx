import * as React from "react";
import { Person } from "../../components/avatar.tsx";
import { Card } from "../../components/card.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import type { Reviewer } from "../../rest-types.ts";
import { voteText } from "./votes.ts";

export function ReviewersCard({ reviewers }: { readonly reviewers: readonly Reviewer[] }) {
  return (
    <Card title="Reviewers">
      {reviewers.length === 0 ? (
        <p className="portal-empty">Nobody has voted.</p>
      ) : (
        <ul className="portal-plain">
          {reviewers.map(({ id, displayName, vote, isRequired }) => (
            <li key={id}>
              <Person name={displayName} />
              <StateMark state={stateOf(vote)} text={voteText(vote)} />
              {isRequired === true && <span className="portal-tag">required</span>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function stateOf(vote: number): string {
  if (vote > 0) return "succeeded";
  if (vote === -10) return "failed";
  return vote === -5 ? "pending" : "notApplicable";
}
