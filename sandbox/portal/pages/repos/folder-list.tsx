import * as React from "react";
import { Icon } from "azure-devops-ui/Icon";
import { Card } from "../../components/card.tsx";
import { Nothing } from "../../components/nothing.tsx";
import type { Item } from "../../rest-types.ts";

/** Folders first, as everywhere. */
export function FolderList(props: {
  readonly items: readonly Item[];
  readonly path: string;
  readonly link: (path: string) => string;
}) {
  const { path, link } = props;
  const items = [...props.items].sort(
    (a, b) =>
      Number(b.isFolder ?? false) - Number(a.isFolder ?? false) || a.path.localeCompare(b.path),
  );
  return (
    <Card flush={true}>
      <ul className="portal-files" aria-label={`Files of ${path}`}>
        {path !== "/" && (
          <li>
            <Icon iconName="Up" ariaHidden={true} />
            <a href={link(path.replace(/\/[^/]*$/, "") || "/")}>Up</a>
          </li>
        )}
        {items.map((item) => (
          <li key={item.path}>
            <Icon
              iconName={item.isFolder ? "FolderFill" : "Page"}
              className={item.isFolder ? "portal-folder-icon" : "portal-file-icon"}
              ariaHidden={true}
            />
            <a href={link(item.path)}>{item.path.split("/").at(-1)}</a>
          </li>
        ))}
      </ul>
      {items.length === 0 && <Nothing title="This folder is empty" />}
    </Card>
  );
}
