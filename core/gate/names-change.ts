import { isNamed, namedObjects } from "../flux/named-objects.ts";
import type { ClusterView } from "./cluster-view.ts";
import { changedIdentities } from "./concerned.ts";

/** Does a controller's message name an object that X changed, or a file? */
export function namesChange(view: ClusterView, message: string): boolean {
  const cause = withoutChangeLog(message);
  const changed = changedIdentities(view);
  if (namedObjects(cause).some((named) => changed.some((identity) => isNamed(named, identity)))) {
    return true;
  }
  const words = cause.split(/[\s'"`:,;()[\]]+/);
  return view.changed.some(({ path }) => namesFile(words, path));
}

// After a failed apply kustomize-controller lists what it did apply (ssa.ChangeSetEntry.String()).
const applied = /^\S+\/\S+ (?:created|configured|unchanged|deleted|skipped)$/;

function withoutChangeLog(message: string): string {
  return message
    .split("\n")
    .filter((line) => !applied.test(line.trim()))
    .join("\n");
}

// kustomize names a file by its whole path below a temporary folder, or by its name and the folder
// apart; a name alone (`deployment.yaml`) may be anybody's.
function namesFile(words: readonly string[], path: string): boolean {
  const slash = path.lastIndexOf("/");
  const [folder, name] = [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
  const isPath = (word: string, of: string) => word === of || word.endsWith(`/${of}`);
  if (folder === "") return words.some((word) => word === name || word === `./${name}`);
  if (words.some((word) => isPath(word, path))) return true;
  return (
    words.some((word) => word === name || word === `./${name}`) &&
    words.some((word) => isPath(word.replace(/\/$/, ""), folder))
  );
}
