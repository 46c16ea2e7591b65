import * as React from "react";
import type { Changes } from "../data/use-changes.ts";

/** What was compared with what, and the digest that a vote is for. */
export function Compared({ of, branch }: { readonly of: Changes; readonly branch: string }) {
  const { before, after, basis, digest } = of;
  return (
    <p className="fg-secondary">
      Compared: {branch} at <span className="fg-code">{before.slice(0, 8)}</span> with{" "}
      {basis === "merge" ? "the merge" : "the branch"} at{" "}
      <span className="fg-code">{after.slice(0, 8)}</span>, object by object. A vote is recorded for
      this result, digest <span className="fg-code">{digest.slice(2, 10)}</span>.
    </p>
  );
}
