import * as React from "react";
import { Warning } from "../components/note.tsx";
import { count } from "../../core/count.ts";

const mostNamed = 10;

/** That the run's render is not what would be merged: somebody changed files since. */
export function Edited({ files }: { readonly files: readonly string[] }) {
  const left = files.length - mostNamed;
  return (
    <Warning>
      {count(files.length, "file")} {files.length === 1 ? "is" : "are"} not as the run rendered{" "}
      {files.length === 1 ? "it" : "them"}: {files.slice(0, mostNamed).join(", ")}
      {left > 0 ? ` and ${left} more` : ""}. Somebody has changed{" "}
      {files.length === 1 ? "it" : "them"} since; the next run proposes its own again.
    </Warning>
  );
}
