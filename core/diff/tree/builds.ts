import type { BuildInputs } from "../../flux/build-inputs.ts";
import type { KubernetesObject } from "../../manifests/identity.ts";

/** A Flux Kustomization, or a folder that is built with nothing but its path. */
export type BuildAsk = ({ readonly kustomization: KubernetesObject } | { readonly path: string }) &
  BuildInputs & {
    /** False where it does not matter which file an object came from: half the time. */
    readonly origins?: boolean;
  };

export type BuildSide = "before" | "after";

/** A build by Flux' own code that would tell what is not known without it. */
export type WantedBuild = {
  /** Of {@link Builds}. */
  readonly key: string;
  readonly side: BuildSide;
  readonly ask: BuildAsk;
  /** Files that are known to go into it; there may be more. */
  readonly files: readonly string[];
};

/** What Flux' own code made of a part of one side. */
export type Build =
  | {
      readonly kind: "built";
      readonly objects: readonly {
        readonly object: KubernetesObject;
        readonly file: string | undefined;
      }[];
      readonly read: readonly string[];
      /** Names whose values only the cluster knows: they stand as `${NAME}`. */
      readonly unknownVariables: readonly string[];
      /** Variables without value and default, by the place of their object. */
      readonly emptied?: readonly { readonly object: number; readonly name: string }[];
    }
  /** Flux refuses it, in its own words. */
  | { readonly kind: "failed"; readonly message: string }
  /** There is no answer: what Flux would do is not known. */
  | { readonly kind: "unavailable"; readonly why: string; readonly isForAll?: true };

/** Builds by their keys. */
export type Builds = ReadonlyMap<string, Build>;
