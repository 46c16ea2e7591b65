import * as React from "react";
import type { FileChange } from "../../core/azure-devops/types.ts";
import { Section } from "../components/section.tsx";
import { VirtualBox } from "../components/virtual-box.tsx";
import { count } from "../../core/count.ts";

/** Changed files that hold no objects: named, not compared. */
export function OtherFiles({ files }: { readonly files: readonly FileChange[] }) {
  if (files.length === 0) return null;
  return (
    <Section title="Other files">
      <details>
        <summary>
          {count(files.length, "file")} without objects (bookkeeping, kustomizations, documents)
        </summary>
        {files.length > mostWhole ? (
          <VirtualBox
            label="Files without objects"
            count={files.length}
            rowHeight={20}
            row={(index) => {
              const file = files[index];
              return file === undefined ? null : <File file={file} />;
            }}
          />
        ) : (
          <ul className="fg-plain-list">
            {files.map((file) => (
              <li key={file.path}>
                <File file={file} />
              </li>
            ))}
          </ul>
        )}
      </details>
    </Section>
  );
}

const mostWhole = 100;

function File({ file: { path, changeType } }: { readonly file: FileChange }) {
  return (
    <>
      <span className="fg-code">{path}</span> <span className="fg-secondary">{changeType}</span>
    </>
  );
}
