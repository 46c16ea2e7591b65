import * as React from "react";
import { folderAddress } from "../../addresses.ts";

/** Where a folder of pipelines lies: links to those above it. */
export function FolderCrumbs({ base, folder }: { readonly base: string; readonly folder: string }) {
  const parts = folder.split("\\").filter(Boolean);
  return (
    <nav aria-label="Folder" className="portal-links">
      <a href={folderAddress(base, "\\")}>All pipelines</a>
      {parts.map((part, at) => (
        <React.Fragment key={at}>
          {" \\ "}
          <a href={folderAddress(base, `\\${parts.slice(0, at + 1).join("\\")}`)}>{part}</a>
        </React.Fragment>
      ))}
    </nav>
  );
}
