import type { BuildSpec } from "./build-manifests.ts";
import type { KustomizationDraft } from "./kustomization-status.ts";
import type { Artifact } from "./source-progress.ts";

type ObjectReference = { readonly name: string; readonly namespace?: string };

export type KustomizationSpec = BuildSpec & {
  readonly interval: string;
  readonly retryInterval?: string;
  readonly timeout?: string;
  readonly prune: boolean;
  readonly suspend?: boolean;
  readonly force?: boolean;
  readonly wait?: boolean;
  readonly deletionPolicy?: "MirrorPrune" | "Delete" | "WaitForTermination" | "Orphan";
  readonly kubeConfig?: { readonly secretRef?: { readonly name: string; readonly key?: string } };
  readonly sourceRef: ObjectReference & { readonly kind: string };
  readonly dependsOn?: readonly ObjectReference[];
  readonly healthChecks?: readonly (ObjectReference & { apiVersion: string; kind: string })[];
};

/** One pass over one artifact. */
export type Attempt = {
  readonly draft: KustomizationDraft;
  readonly spec: KustomizationSpec;
  readonly artifact: Artifact;
  readonly timeoutMs: number;
  /** Folder that the artifact is unpacked in. */
  readonly root: string;
};
