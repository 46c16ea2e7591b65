import type { Problem } from "../errors.ts";
import { isRecord } from "../manifests/parse.ts";

/** Where the record lies: an artefact with it is a checkout of what CI approved. */
export const artefactRecordPath = ".fluxgate/delivery.json";
/** CI's image list. */
export const artefactImagesPath = ".fluxgate/image-tags.json";
/** What was taken from the configuration repository; of its branches, by environment. */
export const artefactConfigurationPath = ".fluxgate/configuration";
export const artefactBranchesPath = ".fluxgate/branches";
/** Paths of executables, one a line: artefacts of pipelines lose that bit. */
export const artefactExecutablesPath = ".fluxgate/executables";

/** `.fluxgate/delivery.json`: what CI hands to CD besides the files themselves. */
export type DeliveryArtefact = {
  readonly apiVersion: "fluxgate.dev/v1";
  readonly kind: "DeliveryArtefact";
  readonly delivery: string;
  /** Path of fluxgate.yaml. */
  readonly deliveryFile: string;
  readonly source: ArtefactSource;
  readonly configuration?: { readonly repository: string; readonly commit: string };
  /** Commits of the configuration repository's branches, by environment. */
  readonly branches: Readonly<Record<string, string>>;
  /** sha256 of every file, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Environments that CI validates before it approves; absent: nobody said which. */
  readonly validated?: readonly string[];
  /** sha256 of the image list, once CI has confirmed it. */
  readonly images?: string;
};

/** The run of CI that made it, and the commit that it checked. */
export type ArtefactSource = {
  /** Address, and the short name by which the organisation calls it. */
  readonly repository: string;
  readonly name: string;
  readonly commit: string;
  readonly branch: string;
  /** Id of the run. */
  readonly build: number;
};

/** Reads the record; one that is damaged or names paths outside its folder is a problem. */
export function parseArtefact(
  text: string,
  file: string,
): { readonly artefact?: DeliveryArtefact; readonly problems: readonly Problem[] } {
  const refuse = (message: string) => ({ problems: [{ file, message }] });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("the record of CI's artefact is not valid JSON");
  }
  if (!isRecord(value) || value["kind"] !== "DeliveryArtefact") {
    return refuse("this is no record of CI's artefact (kind DeliveryArtefact)");
  }
  if (value["apiVersion"] !== "fluxgate.dev/v1") {
    return refuse(`CI's artefact has apiVersion ${String(value["apiVersion"])}, not v1`);
  }
  const { source, files, branches, deliveryFile } = value;
  const isWhole =
    isRecord(source) &&
    typeof source["commit"] === "string" &&
    typeof source["name"] === "string" &&
    typeof deliveryFile === "string" &&
    isRecord(branches) &&
    isRecord(files);
  if (!isWhole) return refuse("the record of CI's artefact lacks source, files or deliveryFile");
  const odd = Object.keys(files).find((path) => !isInside(path));
  if (odd !== undefined) return refuse(`the record of CI's artefact names "${odd}"`);
  return { artefact: value as unknown as DeliveryArtefact, problems: [] };
}

function isInside(path: string): boolean {
  const parts = path.split("/");
  return parts.every((part) => part !== "" && part !== "." && part !== "..");
}
