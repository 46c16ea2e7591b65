// helm-controller's HelmRelease (v1.6), as far as its spec is followed here.
import { createHash } from "node:crypto";
import type { KubeObject } from "../api/kube-object.ts";

type Named = { readonly name: string; readonly namespace?: string };

export type Remediation = {
  readonly retries?: number;
  readonly ignoreTestFailures?: boolean;
  readonly remediateLastFailure?: boolean;
  readonly strategy?: "rollback" | "uninstall";
};

type ActionSpec = {
  readonly timeout?: string;
  readonly disableWait?: boolean;
  readonly disableHooks?: boolean;
  readonly remediation?: Remediation;
};

export type ValuesReference = {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly valuesKey?: string;
  readonly targetPath?: string;
  /** Of what goes to the targetPath: a text as it stands, commas and braces too. */
  readonly literal?: boolean;
  readonly optional?: boolean;
};

export type ChartSpec = {
  readonly chart: string;
  readonly version?: string;
  readonly sourceRef: Named & { readonly kind: string };
  readonly interval?: string;
  readonly reconcileStrategy?: "ChartVersion" | "Revision";
  readonly valuesFiles?: readonly string[];
  readonly suspend?: boolean;
};

export type HelmReleaseSpec = {
  readonly interval: string;
  readonly timeout?: string;
  readonly suspend?: boolean;
  readonly releaseName?: string;
  readonly targetNamespace?: string;
  readonly storageNamespace?: string;
  readonly chart?: { readonly spec: ChartSpec };
  readonly chartRef?: Named & { readonly kind: string };
  readonly dependsOn?: readonly Named[];
  readonly values?: Readonly<Record<string, unknown>>;
  readonly valuesFrom?: readonly ValuesReference[];
  readonly maxHistory?: number;
  readonly install?: ActionSpec;
  readonly upgrade?: ActionSpec;
  readonly rollback?: ActionSpec;
  readonly test?: {
    readonly enable?: boolean;
    readonly ignoreFailures?: boolean;
    readonly timeout?: string;
  };
  readonly driftDetection?: {
    readonly mode?: "enabled" | "warn" | "disabled";
    readonly ignore?: readonly {
      readonly paths: readonly string[];
      readonly target?: { readonly kind?: string; readonly name?: string };
    }[];
  };
};

export type ReleaseName = {
  readonly name: string;
  readonly namespace: string;
  readonly storageNamespace: string;
};

const longestName = 53;

/** The Helm release that an object stands for: Helm takes names of 53 characters at most. */
export function releaseNameOf({ metadata, spec }: KubeObject): ReleaseName {
  const { releaseName, targetNamespace, storageNamespace } = spec as HelmReleaseSpec;
  const { namespace = "", name } = metadata;
  const whole = releaseName ?? [targetNamespace, name].filter(Boolean).join("-");
  const digest = createHash("sha256").update(whole).digest("hex").slice(0, 12);
  return {
    name: whole.length > longestName ? `${whole.slice(0, 40)}-${digest}` : whole,
    namespace: targetNamespace ?? namespace,
    storageNamespace: storageNamespace ?? namespace,
  };
}
