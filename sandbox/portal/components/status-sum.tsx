import * as React from "react";
import type { GitStatus } from "../rest-types.ts";
import { StateMark } from "./state-mark.tsx";

/** As the service shows it: one symbol a commit, the worst of its newest statuses. */
export function StatusSum({ statuses }: { readonly statuses: readonly GitStatus[] }) {
  if (statuses.length === 0) return null;
  const states = statuses.map(({ state }) => state);
  const worst =
    ["error", "failed", "pending", "succeeded"].find((state) => states.includes(state)) ??
    "notApplicable";
  const good = states.filter((state) => state === "succeeded").length;
  return (
    <span className="portal-status-sum">
      <StateMark state={worst} />
      <span className="portal-quiet">
        {good}/{states.length}
      </span>
    </span>
  );
}
