import type { Problem } from "../../errors.ts";
import { isRecord, parseYaml } from "../../manifests/parse.ts";
import { kustomizationReferences } from "../../render/kustomization-references.ts";
import type { Side, SideFile } from "./side-file.ts";
import { inside } from "./paths.ts";

/** What a kustomization.yaml says. */
export type Kustomization = {
  readonly path: string;
  /** Files and folders that it lists, as written. */
  readonly lists: readonly string[];
  /** For all that it lists. */
  readonly namespace: string | undefined;
  /** Keys by which it does more than list: their effect takes Flux' own build. */
  readonly changing: readonly string[];
  /** Other files that it reads, as written. */
  readonly reads: readonly string[];
  readonly value: Readonly<Record<string, unknown>>;
};

const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
const listing = ["resources", "bases", "components"];
const plain = new Set([
  ...["apiVersion", "kind", "metadata", "namespace", "sortOptions"],
  ...listing,
]);

/** The kustomization of a folder; undefined where it has none. */
export function kustomizationIn(side: Side, folder: string): SideFile | undefined {
  return names.map((name) => side.get(inside(folder, name))).find((file) => file !== undefined);
}

/** Whether a path is that of a kustomization. */
export function isKustomizationPath(path: string): boolean {
  return names.includes(path.slice(path.lastIndexOf("/") + 1));
}

/** Why nothing is built from a kustomization: Flux refuses it, or it was not read here. */
export type Refusal = Problem & { readonly isUnread?: true };

/** Reads a kustomization, or says why that is impossible. */
export function readKustomization({
  path,
  text,
  unread,
}: SideFile): { readonly read: Kustomization } | { readonly problem: Refusal } {
  if (text === undefined) {
    return { problem: { file: path, message: unread ?? "was not read", isUnread: true } };
  }
  const { documents, problems } = parseYaml(text, path, { as: "flux" });
  const [problem] = problems;
  if (problem !== undefined) return { problem };
  const [document] = documents;
  if (document === undefined) return { problem: { file: path, message: "is empty" } };
  const { value } = document;
  if (!isRecord(value)) {
    return { problem: { file: path, line: document.line, message: "is not a mapping" } };
  }
  const lists = listing.flatMap((key) => textsIn(value[key]));
  const { namespace } = value;
  return {
    read: {
      path,
      lists,
      namespace: typeof namespace === "string" && namespace !== "" ? namespace : undefined,
      changing: Object.keys(value).filter((key) => !plain.has(key) && !isEmpty(value[key])),
      reads: kustomizationReferences(value, { withCharts: true })
        .map((one) => one.text)
        .filter((one) => !lists.includes(one)),
      value,
    },
  };
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0) ||
    (isRecord(value) && Object.keys(value).length === 0)
  );
}
