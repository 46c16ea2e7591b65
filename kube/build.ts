import type { KubernetesObject } from "../core/manifests/identity.ts";
import { readExactJson, writeExactJson } from "./exact-json.ts";
import { withoutCitations } from "./go-values.ts";
import type { Files } from "./protocol.ts";
import type { Unavailable, WorkerClient } from "./worker-client.ts";

export type BuildRequest = {
  /** All that lies under the repository's root and may be reached: symbolic links are left out, as
   * source-controller leaves them out of its artefact. */
  readonly files: Files;
  /** `spec.ignore` of the source, where it has one. */
  readonly ignore?: string;
  /** Data of ConfigMaps and Secrets of `postBuild.substituteFrom`, by `<kind>/<name>`, where known. */
  readonly variables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** kustomize-controller runs with StrictPostBuildSubstitutions. */
  readonly strict?: boolean;
  /** Name the file that each object came from; false halves the time. Default: true. */
  readonly origins?: boolean;
} & (
  | { /** The Flux Kustomization. */ readonly kustomization: object }
  | { /** A folder, built as Flux would with nothing but `spec.path`. */ readonly path: string }
);

export type BuiltObject = {
  /** Integers beyond 2^53 are bigint. */
  readonly object: KubernetesObject;
  /** The repository's file that it came from, or the kustomization.yaml that generates it. */
  readonly file: string | undefined;
};

export type BuildResult =
  | {
      readonly kind: "built";
      /** What Flux would apply, in the build's order. */
      readonly objects: readonly BuiltObject[];
      /** Files that were read, kustomization files included. */
      readonly read: readonly string[];
      /** Variables whose values live in the cluster: they stand as `${NAME}` in the objects. */
      readonly unknownVariables: readonly string[];
      /** Variables without value and default: nothing stands in their place, and strict Flux fails. */
      readonly emptied?: readonly EmptiedVariable[];
    }
  | {
      /** Flux would not apply anything: its own words, paths as the repository has them. */
      readonly kind: "failed";
      /** The reason of the condition Ready. */
      readonly reason: "ArtifactFailed" | "BuildFailed";
      readonly message: string;
      readonly read: readonly string[];
    }
  | {
      /** It reads what lies in other repositories or on the web: Flux may, there is no network here. */
      readonly kind: "elsewhere";
      readonly text: string;
      readonly read: readonly string[];
    }
  | Unavailable;

export type EmptiedVariable = {
  /** The place of the object among those built. */
  readonly object: number;
  readonly name: string;
};

type Answer = {
  readonly objects: readonly { readonly file: string; readonly object: KubernetesObject }[] | null;
  readonly read: readonly string[] | null;
  readonly unknown: readonly string[] | null;
  readonly emptied: readonly EmptiedVariable[] | null;
  readonly error?: { readonly reason: "ArtifactFailed" | "BuildFailed"; readonly message: string };
  readonly panic?: string;
};

/** What Flux would apply for a Kustomization, or Flux's own error. */
export async function build(client: WorkerClient, request: BuildRequest): Promise<BuildResult> {
  const { files, ignore, variables, strict = false, origins = true } = request;
  const kustomization =
    "kustomization" in request ? request.kustomization : { spec: { path: request.path } };
  const asked = { kustomization, ignore, variables, strict, origins };
  const called = await client.call(writeExactJson(asked), files);
  if (called.kind !== "answered") return called;
  const answer = readExactJson(called.text) as Answer;
  if (answer.panic !== undefined) return { kind: "crashed", text: answer.panic };
  const read = answer.read ?? [];
  if (answer.error) {
    const message = withoutCitations(answer.error.message);
    if (needsNetwork.test(message)) return { kind: "elsewhere", text: elsewhere(message), read };
    return { kind: "failed", ...answer.error, message, read };
  }
  const objects = (answer.objects ?? []).map(({ file, object }) => ({
    object,
    file: file === "" ? undefined : file,
  }));
  return {
    ...{ kind: "built", objects, read, unknownVariables: answer.unknown ?? [] },
    ...(answer.emptied && { emptied: answer.emptied }),
  };
}

// How Go's network and kustomize's clones fail where there is neither a network nor a program.
const needsNetwork = /Get "[^"]*": dial tcp|no 'git' program on path/;

function elsewhere(message: string): string {
  const place = /(?:resources from '|Get ")([^'"]+)/.exec(message)?.[1];
  return `it reads what lies elsewhere${place === undefined ? "" : ` (${place})`}, and there is no network here`;
}
