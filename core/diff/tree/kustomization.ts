import type { Problem } from "../../errors.ts";
import { isRecord, parseYaml } from "../../manifests/parse.ts";
import { onceFor } from "../../once-for.ts";
import { kustomizationReferences } from "../../render/kustomization-references.ts";
import { textsOf } from "../values.ts";
import type { Side, SideFile } from "./side-file.ts";
import { inside } from "./paths.ts";
import { kustomizationNames } from "../../manifests/kustomization-file.ts";

/** What a kustomization.yaml says. */
export type Kustomization = {
  readonly path: string;
  /** Files and folders that it lists, as written. */
  readonly lists: readonly string[];
  /** Those of them that must be components; none of the others may be one. */
  readonly components: ReadonlySet<string>;
  /** Whether it is one itself. */
  readonly isComponent: boolean;
  /** For all that it lists. */
  readonly namespace: string | undefined;
  /** Keys by which it does more than list: their effect takes Flux' own build. */
  readonly changing: readonly string[];
  /** Other files that it reads, as written. */
  readonly reads: readonly string[];
  readonly value: Readonly<Record<string, unknown>>;
};

const listing = ["resources", "bases", "components"];
const plain = new Set([
  ...["apiVersion", "kind", "metadata", "namespace", "sortOptions"],
  ...listing,
]);

/** The kustomization of a folder; undefined where it has none. */
export function kustomizationIn(side: Side, folder: string): SideFile | undefined {
  return kustomizationsIn(side, folder)[0];
}

/** All that a folder has; there may be one. */
export function kustomizationsIn(side: Side, folder: string): readonly SideFile[] {
  return kustomizationNames.flatMap((name) => side.get(inside(folder, name)) ?? []);
}

/** What a folder's kustomizations say: {@link readKustomization} of the only one; undefined of none. */
export function readOnlyKustomization([first, second]: readonly SideFile[]): Reading | undefined {
  if (first === undefined || second === undefined) return first && readKustomization(first);
  const message = `stands beside ${first.path}: a folder may have one kustomization`;
  return { problem: { file: second.path, message } };
}

/** Why nothing is built from a kustomization: Flux refuses it, or it was not read here. */
export type Refusal = Problem & { readonly isUnread?: true };

type Reading = { readonly read: Kustomization } | { readonly problem: Refusal };

/** Reads a kustomization, or says why that is impossible: once for each file, whoever asks. */
export const readKustomization = onceFor(({ path, text, unread }: SideFile): Reading => {
  if (text === undefined) {
    return { problem: { file: path, message: unread ?? "was not read", isUnread: true } };
  }
  const { documents, problems } = parseYaml(text, path, { as: "flux" });
  const [problem] = problems;
  if (problem !== undefined) return { problem };
  // An empty one lists nothing: Flux fills in its kind, builds it, and deletes what it applied.
  const { value, line } = documents[0] ?? { value: {}, line: 1 };
  if (!isRecord(value)) return { problem: { file: path, line, message: "is not a mapping" } };
  const message = formProblem(value);
  if (message !== undefined) return { problem: { file: path, line, message } };
  const lists = listing.flatMap((key) => textsOf(value[key]));
  const { namespace } = value;
  return {
    read: {
      path,
      lists,
      components: new Set(textsOf(value["components"])),
      isComponent: value["kind"] === "Component",
      namespace: typeof namespace === "string" && namespace !== "" ? namespace : undefined,
      changing: Object.keys(value).filter((key) => isChanging(key, value[key])),
      reads: kustomizationReferences(value, { withCharts: true })
        .map((one) => one.text)
        .filter((one) => !lists.includes(one)),
      value,
    },
  };
});

// sigs.k8s.io/kustomize/api/types: the version is that of the kind, and lists hold texts.
function formProblem(value: Readonly<Record<string, unknown>>): string | undefined {
  const { kind = "Kustomization", apiVersion } = value;
  const isComponent = kind === "Component";
  if (kind !== "Kustomization" && !isComponent && kind !== null && kind !== "") {
    return `its kind is ${JSON.stringify(kind)}, neither Kustomization nor Component`;
  }
  const version = `kustomize.config.k8s.io/${isComponent ? "v1alpha1" : "v1beta1"}`;
  const isOther = !isEmpty(apiVersion ?? null) && apiVersion !== version;
  if (isOther || (isComponent && isEmpty(apiVersion ?? null))) {
    return `its apiVersion must be ${version} for its kind`;
  }
  const odd = listing.find((key) => {
    const list = value[key] ?? null;
    return list !== null && !(Array.isArray(list) && !list.some((one) => typeof one === "object"));
  });
  return odd && `${odd} is not a list of paths`;
}

// A namespace that is no text (`n` and `on` are flags to kustomize here) is what only a build tells.
function isChanging(key: string, value: unknown): boolean {
  if (key !== "namespace") return !plain.has(key) && !isEmpty(value);
  const isPlain = typeof value === "string" && !/^(?:y|n|yes|no|on|off)$/i.test(value);
  return !isPlain && !isEmpty(value);
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === "" ||
    (Array.isArray(value) && value.length === 0) ||
    (isRecord(value) && Object.keys(value).length === 0)
  );
}
