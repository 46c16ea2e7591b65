import type { RepositoryAddress } from "../../azure-devops/urls.ts";
import { parseRepositoryUrl, sameRepository } from "../../azure-devops/urls.ts";
import { isRecord } from "../../manifests/parse.ts";
import type { PlacedObject } from "../build-inputs.ts";
import { foldersAround, isUnder } from "../folder.ts";

type Located = PlacedObject & { readonly path: string | undefined };

/**
 * Whether a Kustomization builds from these files. Files do not say which repository they are of, but
 * GitRepositories among them say which there are. This one is, in order: the one whose address is
 * known; that of Kustomizations that apply the very folder they stand in, as a bootstrap does; that of
 * `flux-system`; that of a folder which is here. A source that is not named, or not among the files, may be
 * this one; and where one of them has a folder here, a source that is among the files and is asked for
 * its root alone is another one: a tenant's repository, or a branch of its own.
 */
export function isOwnSource(
  kustomizations: readonly Located[],
  of: {
    readonly objects: readonly PlacedObject[];
    readonly repository: RepositoryAddress | undefined;
  },
): (one: Located) => boolean {
  const { repository } = of;
  const sources = of.objects.filter(({ object }) => isGitRepository(object));
  const addresses = new Map(kustomizations.map((one) => [one, addressesOf(one, sources)]));
  const isKnown = (address: string) => {
    const parsed = parseRepositoryUrl(address);
    return repository !== undefined && parsed !== undefined && sameRepository(parsed, repository);
  };
  const kept = (fits: (one: Located) => boolean) => {
    const found = kustomizations.filter(fits).flatMap((one) => addresses.get(one) ?? []);
    return new Set(found.map(addressKey));
  };
  const all = kustomizations.flatMap((one) => addresses.get(one) ?? []);
  const [own = new Set<string>()] = [
    new Set(all.filter(isKnown).map(addressKey)),
    kept(({ file, path }) => Boolean(path) && isUnder(file, path ?? "")),
    kept(({ object }) => sourceOf(object).name === "flux-system"),
    kept(({ path }) => Boolean(path)),
  ].filter(({ size }) => size > 0);
  const isElsewhere = (one: Located) => isOfGit(one) && (addresses.get(one) ?? []).length === 0;
  const isToldElsewhere = kustomizations.some((one) => isElsewhere(one) && Boolean(one.path));
  return (one) => {
    if (!isOfGit(one)) return false;
    const known = addresses.get(one) ?? [];
    if (known.length === 0) return true;
    return own.size === 0 ? !isToldElsewhere : known.some((each) => own.has(addressKey(each)));
  };
}

function isOfGit({ object }: Located): boolean {
  return (sourceOf(object).kind ?? "GitRepository") === "GitRepository";
}

/** Addresses of what a Kustomization's source is: several where clusters have one of the same name. */
function addressesOf({ object, file }: Located, sources: readonly PlacedObject[]): string[] {
  const { name, namespace } = sourceOf(object);
  const named = sources.filter(
    ({ object: { metadata } }) =>
      metadata.name === name && (metadata.namespace ?? "") === (namespace ?? ""),
  );
  const beside = named.filter((one) => folderOf(one) === folderOf({ file }));
  const found = (beside.length > 0 ? beside : named).map(({ object: { spec } }) =>
    isRecord(spec) ? spec["url"] : undefined,
  );
  // What Flux substitutes is not known.
  const isPlain = (one: unknown) => typeof one === "string" && !one.includes("${");
  return found.every(isPlain) ? found.map(String) : [];
}

function folderOf({ file }: { readonly file: string }): string {
  return foldersAround(file)[1] ?? "";
}

/** The source that a Flux Kustomization names, in its own namespace where it names none. */
export function sourceOf({ spec, metadata }: PlacedObject["object"]) {
  const given = isRecord(spec) && isRecord(spec["sourceRef"]) ? spec["sourceRef"] : {};
  const namespace = given["namespace"] ?? metadata.namespace;
  return { kind: given["kind"], name: given["name"], namespace };
}

/** Whether an object is a GitRepository of Flux. */
export function isGitRepository({ kind, apiVersion }: PlacedObject["object"]): boolean {
  return kind === "GitRepository" && apiVersion.startsWith("source.toolkit.fluxcd.io/");
}

/** The same for all ways to write the address of one repository. */
function addressKey(url: string): string {
  const azure = parseRepositoryUrl(url);
  const text = azure
    ? `${azure.organisationUrl}/${azure.project}/${azure.repository}`
    : url
        .replace(/^[a-z+]+:\/\//i, "")
        .replace(/^[^@/]*@/, "")
        .replace(/^([^/:]+):(?:\d+(?=\/))?\/?/, "$1/");
  return text.replace(/\/+$|\.git\/*$/g, "").toLowerCase();
}
