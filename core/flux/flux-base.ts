import type { Identity } from "../manifests/identity.ts";
import type { Condition } from "./condition.ts";

/** Names an object that Flux' controllers own; the group follows from the kind. */
export type FluxReference = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
};

/** Who last wrote `spec.suspend`, by the API server's own record of field managers. */
export type SuspendedBy = { readonly manager: string; readonly at?: string };

/** Names what an object acts with in another cluster: a Secret, or a ConfigMap with an address. */
export type KubeConfigReference = { readonly namespace: string; readonly name: string };

/** How Flux tells the health of a kind: CEL over the object's own fields. */
export type HealthCheckExpression = {
  readonly group: string;
  readonly kind: string;
  readonly current?: string;
  readonly inProgress?: string;
  readonly failed?: string;
};

/** What has to be ready before an object is reconciled. */
export type Dependency = FluxReference & {
  /** An expression says when it is, in place of Flux' own checks. */
  readonly byExpression?: true;
};

/** What all Flux objects have, as the API gives it. */
export type FluxObjectBase = {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly generation: number;
  /** Being deleted; its last success says nothing any more. */
  readonly deleting: boolean;
  readonly suspended: boolean;
  readonly suspendedBy?: SuspendedBy;
  /** `spec.interval` in ms. */
  readonly interval?: number;
  /** 0 where the controller has not said. */
  readonly observedGeneration: number;
  readonly conditions: readonly Condition[];
  readonly lastHandledReconcileAt?: string;
  /** `metadata.creationTimestamp`, ms since 1970 by the API server's clock, to the second. */
  readonly createdAt?: number;
};

/** What applies objects, to its own cluster or to the one that `kubeConfig` leads to. */
export type ApplierBase = FluxObjectBase & {
  readonly kubeConfig?: KubeConfigReference;
  readonly healthCheckExprs: readonly HealthCheckExpression[];
  readonly inventory: readonly Identity[];
};

/** `Kustomization/flux-system/shop-dev`: one string for each Flux object of a cluster. */
export function fluxKey({ kind, namespace, name }: FluxReference): string {
  return `${kind}/${namespace}/${name}`;
}
