import * as React from "react";
import { Loaded } from "../components/loaded.tsx";
import { call, list } from "../rest.ts";
import type { Item } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";

type Folder = { readonly items: readonly Item[] } | { readonly text: string };

export function FilesPage(props: PageProps & { repository: string; path: string }) {
  const { base, repository, path } = props;
  const live = useLive(() => load(props), { key: `${repository}:${path}`, everyMs: 10_000 });
  const link = (to: string) =>
    `${base}/_git/${encodeURIComponent(repository)}?path=${encodeURIComponent(to)}`;
  return (
    <>
      <h1>
        {repository} <span className="secondary-text">{path}</span>
      </h1>
      <p>
        <a href={`${base}/_git/${encodeURIComponent(repository)}/commits`}>Commits</a>
        {" · "}
        <a href={`${base}/_git/${encodeURIComponent(repository)}/pullrequests`}>Pull requests</a>
        {path !== "/" && (
          <>
            {" · "}
            <a href={link(path.replace(/\/[^/]*$/, "") || "/")}>Up</a>
          </>
        )}
      </p>
      <Loaded live={live}>
        {(folder) =>
          "text" in folder ? (
            <pre className="portal-text">{folder.text}</pre>
          ) : (
            <ul className="portal-files">
              {folder.items.map((item) => (
                <li key={item.path}>
                  <a href={link(item.path)}>
                    {item.path.split("/").at(-1)}
                    {item.isFolder ? "/" : ""}
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

async function load(at: PageProps & { repository: string; path: string }): Promise<Folder> {
  const root = `${at.project}/_apis/git/repositories/${at.repository}/items`;
  const scope = encodeURIComponent(at.path);
  const items = await list<Item>(`${root}?scopePath=${scope}&recursionLevel=oneLevel`);
  const self = items.find(({ path }) => path === at.path);
  if (self && !self.isFolder) {
    const file = await call<{ content?: string }>(
      `${root}?path=${scope}&includeContent=true&$format=json`,
    );
    return { text: file.content ?? "" };
  }
  return { items: items.filter(({ path }) => path !== at.path) };
}
