import * as React from "react";
import { Nothing } from "../components/nothing.tsx";
import { anchorOf, FileDiff } from "./file-diff.tsx";
import { filesOf, type Change } from "./load-sides.ts";

// More files than this begin folded: the page stays quick.
const mostOpen = 12;

/** All changed files of a commit or pull request, with a list of them in front. */
export function ChangeList(props: {
  readonly repositoryUrl: string;
  readonly changes: readonly Change[];
  readonly file?: (change: Change) => Partial<React.ComponentProps<typeof FileDiff>>;
}) {
  const files = filesOf(props.changes);
  if (files.length === 0)
    return <Nothing title="No file changes">Both sides are the same.</Nothing>;
  return (
    <div className="portal-changes">
      <nav className="portal-card portal-change-list" aria-label="Changed files">
        <h2>{files.length === 1 ? "1 file changed" : `${files.length} files changed`}</h2>
        <ul>
          {files.map(({ item, changeType }) => (
            <li key={item.path}>
              <a href={`#${anchorOf(item.path)}`} title={item.path}>
                {item.path.split("/").at(-1)}
              </a>
              <span className={`portal-letter portal-tag-${changeType}`} title={changeType}>
                {changeType.charAt(0).toUpperCase()}
              </span>
              <span className="portal-folder">{item.path.split("/").slice(1, -1).join("/")}</span>
            </li>
          ))}
        </ul>
      </nav>
      <div className="portal-file-list">
        {files.map((change, index) => (
          <FileDiff
            key={change.item.path}
            repositoryUrl={props.repositoryUrl}
            change={change}
            open={index < mostOpen}
            {...props.file?.(change)}
          />
        ))}
      </div>
    </div>
  );
}
