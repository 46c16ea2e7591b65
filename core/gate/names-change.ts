import { isNamed, namedObjects } from "../flux/named-objects.ts";
import { changedNamed } from "./changed-identities.ts";
import type { ClusterView } from "./cluster-view.ts";

/** Does a controller's message name an object that X changed, or a file? */
export function namesChange(view: ClusterView, message: string): boolean {
  const named = namedObjects(withoutChangeLog(message));
  return (
    named.some((one) => changedNamed(view, one).some((identity) => isNamed(one, identity))) ||
    namesChangedFile(view, message)
  );
}

/**
 * Does it name a file that X changed?
 * @param base the folder that is built: a path below it may be all that the message has
 */
export function namesChangedFile(view: ClusterView, message: string, base = ""): boolean {
  const words = withoutChangeLog(message).split(/[\s'"`:,;()[\]]+/);
  const below = words.filter((word) => /^[^/.][^/]*\//.test(word)).map((word) => `${base}/${word}`);
  return view.changed.some(({ path }) => below.includes(path) || namesFile(words, path));
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
