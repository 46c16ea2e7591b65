import { mappings } from "../diff/pod-spec.ts";
import { isRecord, parseYaml } from "../manifests/parse.ts";

/** What a chart in git packs beside its own folder. */
export type ChartFolders = {
  /** In the repository; where it cannot be told (`why`), the folder around the chart. */
  readonly folders: readonly string[];
  readonly why?: string;
};

/** What a chart says of its dependencies, by the files of its folder. */
export type ChartTexts = {
  /** Chart.yaml. */
  readonly chart: string;
  /** requirements.yaml: Helm takes its list where there is one. */
  readonly requirements: string | undefined;
  /** Chart.lock, or requirements.lock. */
  readonly lock: string | undefined;
  /** Names of the charts in its `charts` folder. */
  readonly vendored: readonly string[];
};

/**
 * Other folders of the repository that source-controller packs into a chart (dependency_manager.go,
 * `Build`): `file://` dependencies that its own `charts` folder lacks, by its lock file where it has
 * one. Of these it packs what lies in their folders: dependencies of theirs it does not look for.
 */
export function localDependencies(path: string, texts: ChartTexts): ChartFolders {
  const [metadata, requirements, lock] = [texts.chart, texts.requirements, texts.lock].map(read);
  if (metadata === undefined) return unknownFolders(path, "its Chart.yaml is no YAML of a chart");
  if ([texts.requirements, texts.lock].some((text) => text !== undefined && !read(text))) {
    return unknownFolders(path, "its list of dependencies cannot be read");
  }
  const declared = requirements?.["dependencies"] ?? metadata["dependencies"];
  const wanted = mappings(lock === undefined ? declared : lock["dependencies"]);
  // However they are called: then it looks no further (`collectMissing`).
  if (wanted.length === texts.vendored.length) return { folders: [] };
  const folders = wanted.flatMap(({ name, alias, repository }) => {
    const known = typeof alias === "string" && alias !== "" ? alias : name;
    if (typeof known === "string" && texts.vendored.includes(known)) return [];
    const isLocal = typeof repository === "string" && repository.startsWith("file://");
    return isLocal ? [folderAt(path, repository.slice("file://".length))] : [];
  });
  return { folders: [...new Set(folders)] };
}

/** What it takes in is not known: it may be anything that lies beside it. */
export function unknownFolders(path: string, why: string): ChartFolders {
  const slash = path.lastIndexOf("/");
  return { folders: path === "" ? [] : [path.slice(0, Math.max(0, slash))], why };
}

function read(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const value = text === undefined ? undefined : parseYaml(text, "").documents[0]?.value;
  return isRecord(value) ? value : undefined;
}

// Above the repository's root lies its root (securejoin.SecureJoin).
function folderAt(folder: string, relative: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${relative}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
