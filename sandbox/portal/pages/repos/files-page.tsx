import * as React from "react";
import { fileAddress, repositoryAddress, shortBranch } from "../../addresses.ts";
import { ActionButton, Refusals } from "../../components/action-button.tsx";
import { BranchPicker } from "../../components/branch-picker.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { openPage } from "../../navigation.ts";
import { call, list } from "../../rest.ts";
import type { Item } from "../../rest-types.ts";
import { refusalOf } from "../../rights.ts";
import { namesOf, useBranches } from "../../use-branches.ts";
import { useLive } from "../../use-live.ts";
import type { RepositoryPageProps } from "../page-props.ts";
import { FileEditor } from "./file-editor.tsx";
import { FileText } from "./file-text.tsx";
import { FolderList } from "./folder-list.tsx";
import { PathCrumbs } from "./path-crumbs.tsx";

type Shown = { readonly items: readonly Item[] } | { readonly text: string };

/** A folder or a file of a branch; a file can be edited here, without git. */
export function FilesPage(
  props: RepositoryPageProps & { readonly path: string; readonly branch: string | undefined },
) {
  const { project, base, repository, repositories, path, rights } = props;
  const whole = repositories.find(({ name }) => name.toLowerCase() === repository.toLowerCase());
  const defaultBranch = shortBranch(whole?.defaultBranch ?? "main");
  const branch = props.branch ?? defaultBranch;
  const [editing, setEditing] = React.useState<"edit" | "add">();
  const branches = useBranches(project, repository);
  const live = useLive(() => load({ project, repository, path, branch }), {
    key: `${repository}:${branch}:${path}`,
    everyMs: 10_000,
  });
  React.useEffect(() => setEditing(undefined), [path, branch]);
  const link = (to: string, on = branch) =>
    fileAddress(base, repository, { path: to, branch: on === defaultBranch ? undefined : on });
  const refusal = refusalOf(rights, "contribute");
  const shown = live.value;
  const isFile = shown !== undefined && "text" in shown;
  const history = `${repositoryAddress(base, repository)}/commits?itemPath=${encodeURIComponent(path)}`;
  return (
    <>
      <PageHead
        title={path === "/" ? repository : (path.split("/").at(-1) ?? path)}
        area={`${repository} - Repos`}
        heading={<PathCrumbs repository={repository} path={path} link={link} />}
        actions={
          editing === undefined && (
            <>
              <BranchPicker
                label="Branch"
                branches={namesOf(branches.value, whole?.defaultBranch)}
                value={branch}
                onChange={(next) => openPage(link(path, next))}
              />
              <ActionButton text="History" subtle={true} onClick={() => openPage(history)} />
              {isFile ? (
                <ActionButton
                  text="Edit"
                  primary={true}
                  refusal={refusal}
                  onClick={() => setEditing("edit")}
                />
              ) : (
                <ActionButton text="New file" refusal={refusal} onClick={() => setEditing("add")} />
              )}
            </>
          )
        }
      >
        <Refusals reasons={[refusal]} />
      </PageHead>
      {editing !== undefined && shown !== undefined ? (
        <FileEditor
          {...{ project, base, repository, branch }}
          isDefault={branch === defaultBranch}
          path={editing === "edit" ? path : `${path === "/" ? "" : path}/`}
          text={editing === "edit" && "text" in shown ? shown.text : undefined}
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            live.refresh();
          }}
        />
      ) : (
        <Loaded live={live}>
          {(folder) =>
            "text" in folder ? (
              <FileText path={path} text={folder.text} />
            ) : (
              <FolderList items={folder.items} path={path} link={link} />
            )
          }
        </Loaded>
      )}
    </>
  );
}

async function load(at: {
  readonly project: string;
  readonly repository: string;
  readonly path: string;
  readonly branch: string;
}): Promise<Shown> {
  const root = `${at.project}/_apis/git/repositories/${encodeURIComponent(at.repository)}/items`;
  const version = new URLSearchParams({
    "versionDescriptor.version": at.branch,
    "versionDescriptor.versionType": "branch",
  }).toString();
  const scope = encodeURIComponent(at.path);
  const items = await list<Item>(`${root}?scopePath=${scope}&recursionLevel=oneLevel&${version}`);
  const self = items.find(({ path }) => path === at.path);
  if (self && !self.isFolder) {
    const file = await call<{ content?: string }>(
      `${root}?path=${scope}&includeContent=true&$format=json&${version}`,
    );
    return { text: file.content ?? "" };
  }
  return { items: items.filter(({ path }) => path !== at.path) };
}
