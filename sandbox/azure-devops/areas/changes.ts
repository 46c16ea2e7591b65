import { git } from "../git/run-git.ts";
import type { Repository } from "../state.ts";

/** git's well-known id of the tree without files. */
export const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

const kinds: Readonly<Record<string, string>> = { A: "add", M: "edit", D: "delete", T: "edit" };

/** The changes from one commit or tree to another; changed folders are listed too. */
export async function changesBetween(repository: Repository, from: string, to: string) {
  const out = await git(repository.directory, [
    "diff-tree",
    "-r",
    "-t",
    "-z",
    "--no-renames",
    from,
    to,
  ]);
  const fields = out.split("\0").filter(Boolean);
  const changes = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = "", newMode = "", oldId = "", newId = "", letter = ""] = (fields[at] ?? "")
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
        path: `/${fields[at + 1] ?? ""}`,
        ...(isTree ? { isFolder: true } : {}),
      },
      changeType: kinds[letter] ?? "edit",
    });
  }
  return changes;
}
