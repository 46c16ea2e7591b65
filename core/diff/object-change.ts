import type { Identity, KubernetesObject } from "../manifests/identity.ts";
import type { Edit } from "./edits.ts";
import type { Noise } from "./noise.ts";

/** What leaves a removed object in the cluster: its own metadata, or what applied it. */
export type Keeper = "object" | "kustomization" | "helm";

/** One object that the merge would add, change or remove. Values of secrets are masked. */
export type ObjectChange = {
  readonly change: "added" | "changed" | "removed";
  /** As it will be; as it was, when removed. */
  readonly identity: Identity;
  /** The name before, where only kustomize's content suffix is another one. */
  readonly renamedFrom?: string;
  /** Where it stands; where it stood, when removed. */
  readonly file: string;
  /** What applies it, where several things are compared: an environment, a Flux Kustomization. */
  readonly root?: string;
  /** The release whose chart renders it: `HelmRelease shop/api`. */
  readonly madeBy?: string;
  /** Its file could not be read before, so what it was is not known: its edits are all of it. */
  readonly unknownBefore?: true;
  /** Of a removed object that stays in the cluster: by what. */
  readonly kept?: Keeper;
  /** Of one that says it stays, and does not: what takes it along. */
  readonly goesWith?: string;
  /** Its Flux Kustomization has `spec.force`. */
  readonly forced?: true;
  /** It is encrypted, and its Flux Kustomization decrypts nothing. */
  readonly undecrypted?: true;
  /** Equal for equal changes of an object; secret values count with their bytes. */
  readonly digest: string;
  /** Of a changed object. */
  readonly edits: readonly ClassifiedEdit[];
  readonly before?: KubernetesObject;
  readonly after?: KubernetesObject;
};

export type ClassifiedEdit = Edit & {
  /** Absent for what counts. */
  readonly noise?: Noise;
};
