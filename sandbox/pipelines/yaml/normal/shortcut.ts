// Steps that were given as a parameter come in the preview's form: those that have no published
// task are read as the shortcuts that they were.
import { entry, textOf, type Entry, type Node } from "../node.ts";
import { checkoutTask, downloadTask, publishTask } from "./step.ts";

type Built = {
  readonly key: string;
  readonly input: string;
  readonly renamed?: Readonly<Record<string, string>>;
};
const built: Readonly<Record<string, Built>> = {
  [checkoutTask]: { key: "checkout", input: "repository" },
  [downloadTask]: { key: "download", input: "alias" },
  [publishTask]: { key: "publish", input: "targetPath", renamed: { artifactName: "artifact" } },
};

export function shortcutOf(step: Node): Node {
  const task = textOf(entry(step, "task"))?.toLowerCase();
  const found = task === undefined ? undefined : built[task];
  if (!found || step.kind !== "map") return step;
  const inputs = entry(step, "inputs");
  const given: readonly Entry[] = inputs?.kind === "map" ? inputs.entries : [];
  const first = given.find(({ key }) => key === found.input);
  if (!first) return step;
  const off = textOf(first.value) === "none";
  return {
    ...step,
    entries: [
      { ...first, key: found.key },
      ...given
        .filter((one) => one !== first)
        .map((one) => ({ ...one, key: found.renamed?.[one.key] ?? one.key })),
      ...step.entries.filter(
        ({ key }) => !["task", "inputs"].includes(key) && !(off && key === "condition"),
      ),
    ],
  };
}
