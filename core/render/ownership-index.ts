import type { Problem } from "../errors.ts";
import type { Identity } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { type Origins, readOrigins } from "./origins.ts";

/** `<environment path>/.fluxgate/<delivery>.json`: which files a delivery owns there, and why. */
export type OwnershipIndex = {
  readonly apiVersion: "fluxgate.dev/v1";
  readonly kind: "OwnershipIndex";
  readonly delivery: string;
  readonly environment: string;
  /** By path under the environment's folder. */
  readonly files: Readonly<Record<string, OwnedFile>>;
  readonly provenance: Provenance;
};

export type OwnedFile = {
  readonly app: string;
  /** Absent for generated files that hold no object (kustomization.yaml). */
  readonly identity?: Identity;
  /** Of the bytes as git stores them, hexadecimal. */
  readonly sha256: string;
};

/** Where a render came from. It may differ between two renders that are otherwise the same. */
export type Provenance = {
  readonly source?: { readonly repository: string; readonly commit: string };
  /** Web address of the pipeline run. */
  readonly run?: string;
  readonly configuration?: { readonly repository?: string; readonly commit: string };
  /** Tool name → version, only of the tools that were used; `fluxgate` always. */
  readonly tools: Readonly<Record<string, string>>;
  /** Image name → `tag`, `@digest` or `tag@digest`. */
  readonly images: Readonly<Record<string, string>>;
  /** sha256 over everything the render was made from. */
  readonly inputsDigest: string;
  /** sha256 over names and values of the variables that were read at render time. */
  readonly variablesDigest?: string;
  /** Where each object came from; older versions did not say. */
  readonly origins?: Origins;
};

export const indexFolder = ".fluxgate";

/** A path in the repository of what lies in an environment's folder; the root's is empty. */
export function inFolder(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}

/** Path of a delivery's index under the environment's folder. */
export function indexPath(delivery: string): string {
  return `${indexFolder}/${delivery}.json`;
}

/** Whether a path is an index's: what else lies there (holds, freezes, owners, rules) is none. */
export function isIndexPath(path: string): boolean {
  return indexForm.test(path);
}

/** The folder of an index's environment is its first group. */
export const indexForm =
  /^(?:(.*)\/)?\.fluxgate\/(?!(?:owners|freeze|expected-differences|noise-rules)\.json$)[^/.]+\.json$/;

/** The index as it is written: sorted, one file a line, so that git shows what changed. */
export function ownershipIndexText(index: OwnershipIndex): string {
  const files = Object.keys(index.files)
    .sort()
    .map((path) => `    ${JSON.stringify(path)}: ${JSON.stringify(index.files[path])}`);
  const head = { apiVersion: index.apiVersion, kind: index.kind };
  const names = { delivery: index.delivery, environment: index.environment };
  const lines = Object.entries({ ...head, ...names }).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  const { origins, ...made } = index.provenance;
  const rest = JSON.stringify(made, undefined, 2).replaceAll("\n", "\n  ");
  const provenance = origins === undefined ? rest : withOrigins(rest, origins);
  return [
    "{",
    ...lines,
    files.length === 0 ? `  "files": {},` : `  "files": {\n${files.join(",\n")}\n  },`,
    `  "provenance": ${provenance}`,
    "}",
    "",
  ].join("\n");
}

// One object a line here too.
function withOrigins(text: string, { apps, objects }: Origins): string {
  const lines = (all: Readonly<Record<string, unknown>>) => {
    const keys = Object.keys(all).sort();
    if (keys.length === 0) return "{}";
    const list = keys.map((key) => `        ${JSON.stringify(key)}: ${JSON.stringify(all[key])}`);
    return `{\n${list.join(",\n")}\n      }`;
  };
  const origins = `"origins": {\n      "apps": ${lines(apps)},\n      "objects": ${lines(objects)}\n    }`;
  return `${text.slice(0, text.lastIndexOf("}")).trimEnd()},\n    ${origins}\n  }`;
}

/** Reads an index; one that is damaged or names paths outside its folder is a problem. */
export function parseOwnershipIndex(
  text: string,
  file: string,
): { readonly index?: OwnershipIndex; readonly problems: readonly Problem[] } {
  const refuse = (message: string) => ({ problems: [{ file, message }] });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("the ownership index is not valid JSON");
  }
  if (!isRecord(value) || value["kind"] !== "OwnershipIndex") {
    return refuse("this is no ownership index (kind OwnershipIndex)");
  }
  if (value["apiVersion"] !== "fluxgate.dev/v1") {
    return refuse(`the ownership index has apiVersion ${String(value["apiVersion"])}, not v1`);
  }
  const { delivery, environment, files, provenance } = value;
  if (typeof delivery !== "string" || typeof environment !== "string" || !isRecord(files)) {
    return refuse("the ownership index lacks delivery, environment or files");
  }
  const odd = Object.entries(files).find(([path, owned]) => !isOwned(owned) || !isInside(path));
  if (odd) return refuse(`the ownership index has a bad entry "${odd[0]}"`);
  const index = {
    apiVersion: "fluxgate.dev/v1",
    kind: "OwnershipIndex",
    delivery,
    environment,
    files: files as Record<string, OwnedFile>,
    provenance: provenanceOf(provenance),
  } as const;
  return { index, problems: [] };
}

function provenanceOf(value: unknown): Provenance {
  if (!isRecord(value)) return {} as Provenance;
  const { origins } = value;
  return {
    ...(value as Provenance),
    ...(origins === undefined ? {} : { origins: readOrigins(origins) }),
  };
}

function isInside(path: string): boolean {
  const parts = path.split("/");
  return (
    !path.includes("\\") && parts.every((part) => part !== "" && part !== "." && part !== "..")
  );
}

function isOwned(value: unknown): value is OwnedFile {
  if (!isRecord(value)) return false;
  const { app, sha256, identity } = value;
  return (
    typeof app === "string" &&
    typeof sha256 === "string" &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    (identity === undefined || isIdentity(identity))
  );
}

function isIdentity(value: unknown): value is Identity {
  const keys = ["group", "version", "kind", "namespace", "name"];
  return isRecord(value) && keys.every((key) => typeof value[key] === "string");
}
