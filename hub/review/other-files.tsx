import * as React from "react";
import type { FileChange } from "../../core/azure-devops/types.ts";
import { Section } from "../components/section.tsx";
import { count } from "../view/count.ts";

/** Changed files that hold no objects: named, not compared. */
export function OtherFiles({ files }: { readonly files: readonly FileChange[] }) {
  if (files.length === 0) return null;
  return (
    <Section title="Other files">
      <details>
        <summary>
          {count(files.length, "file")} without objects (bookkeeping, kustomizations, documents)
        </summary>
        <ul className="fg-plain-list">
          {files.map(({ path, changeType }) => (
            <li key={path}>
              <span className="fg-code">{path}</span>{" "}
              <span className="fg-secondary">{changeType}</span>
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}
