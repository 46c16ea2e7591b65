import type { DeliveryMode, Reviewers } from "../delivery/delivery.ts";
import type { Identity } from "../manifests/identity.ts";

export const renderResultFile = "render-result.json";

/** `<output folder>/render-result.json`: what RenderManifests hands to OpenManifestsPR. */
export type RenderResult = {
  readonly apiVersion: "fluxgate.dev/v1";
  readonly kind: "RenderResult";
  readonly delivery: string;
  /** What CI checked, where its artefact was rendered; else the run's own sources. */
  readonly source?: { readonly repository: string; readonly commit: string };
  /** In the order of promotion; only those that were rendered. */
  readonly environments: readonly RenderedEnvironment[];
};

export type RenderedEnvironment = {
  readonly name: string;
  /** Folder in the manifests repository, and under the output folder. */
  readonly path: string;
  readonly autoComplete: boolean;
  /** Kinds of risks that make its pull request a draft, and labels of it. */
  readonly draftOnRisk?: readonly string[];
  readonly labels?: readonly string[];
  readonly mode?: DeliveryMode;
  readonly reviewers?: Reviewers;
  readonly title?: string;
  readonly images: readonly RenderedImage[];
  readonly objects: readonly RenderedObject[];
  /** sha256 over everything the environment was rendered from. */
  readonly inputsDigest: string;
  /** Apps with a high-level result under `high-level/<environment>/<app>`. */
  readonly highLevel: readonly string[];
  readonly warnings: readonly string[];
  /** Absent in a result that another version wrote. */
  readonly validation?: RenderedValidation;
};

/** What the objects were checked for; what was found are problems, or stands in the warnings. */
export type RenderedValidation = {
  /** `1.36`. */
  readonly kubernetesVersion: string;
  readonly checks: readonly string[];
};

export type RenderedImage = {
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
  /** How many fields hold it; 0 for an optional image that this environment does not use. */
  readonly uses: number;
};

export type RenderedObject = {
  readonly app: string;
  /** Path under the environment's folder. */
  readonly file: string;
  readonly identity: Identity;
};

/** `Checked for Kubernetes 1.36: schema, secrets`. */
export function validationText(validation: RenderedValidation | undefined): string {
  if (validation === undefined || validation.checks.length === 0) return "Not checked";
  return `Checked for Kubernetes ${validation.kubernetesVersion}: ${validation.checks.join(", ")}`;
}
