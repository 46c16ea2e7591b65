import { readObjects } from "../git/read-objects.ts";
import type { Host } from "../host.ts";
import type { Repository } from "../repository.ts";
import { repositoryUrl } from "./repository-json.ts";

/** git's well-known id of the tree without files. */
export const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

const kinds: Readonly<Record<string, string>> = { A: "add", M: "edit", D: "delete", T: "edit" };

/** The changes from one commit or tree to another; changed folders are listed too. */
export async function readChangesBetween(
  at: { readonly organisation: Host; readonly repository: Repository },
  from: string,
  to: string,
) {
  const { organisation, repository } = at;
  const root = repositoryUrl(organisation, repository);
  const command = ["diff-tree", "-r", "-t", "-z", "--no-renames"];
  const out = await readObjects(repository.directory, command, { objects: [from, to] });
  const fields = out.toString().split("\0").filter(Boolean);
  const changes = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [oldMode = "", newMode = "", oldId = "", newId = "", letter = ""] = (fields[index] ?? "")
      .slice(1)
      .split(" ");
    const isTree = (letter === "D" ? oldMode : newMode).endsWith("40000");
    const gone = /^0+$/;
    changes.push({
      item: {
        ...(gone.test(newId) ? {} : { objectId: newId }),
        ...(gone.test(oldId) ? {} : { originalObjectId: oldId }),
        gitObjectType: isTree ? "tree" : "blob",
        commitId: to,
        path: `/${fields[index + 1] ?? ""}`,
        ...(isTree ? { isFolder: true } : {}),
        url: `${root}/items/${fields[index + 1] ?? ""}?versionType=Commit&version=${to}`,
      },
      changeType: kinds[letter] ?? "edit",
    });
  }
  return changes;
}

/** `{"Edit": 15, "Add": 1}` */
export function countsOf(changes: readonly { readonly changeType: string }[]) {
  const counts: Record<string, number> = {};
  for (const { changeType } of changes) {
    const name = changeType.charAt(0).toUpperCase() + changeType.slice(1);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
