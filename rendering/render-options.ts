import type { Delivery } from "../core/delivery/delivery.ts";
import type { ImageReference } from "../core/manifests/images.ts";
import type { SecretValue } from "../core/render/secret-values.ts";
import type { Kube } from "../kube/kube.ts";
import type { ProcessLimits } from "../clients/run-process.ts";
import type { CheckedOutBranch } from "./inputs/config-branch.ts";
import type { ConfigRoots } from "./inputs/app-config.ts";
import type { VariableSource } from "./inputs/variables.ts";

/** What a render of environments is made from, and how. */
export type RenderOptions = {
  readonly delivery: Delivery;
  readonly roots: ConfigRoots;
  /** Branches of the configuration repository that CI pinned, by environment; others are read. */
  readonly pinnedBranches?: ReadonlyMap<string, CheckedOutBranch>;
  /** All of the delivery's when absent. */
  readonly environments?: readonly string[];
  /** Only these apps; then nothing is said of images and patches that the others may use. */
  readonly apps?: readonly string[];
  /** The CI's image list; absent: the tags of the templates stay. */
  readonly images?: readonly ImageReference[];
  readonly variables: VariableSource;
  /** Values that must not get into the output, however they got into a template. */
  readonly secrets?: readonly SecretValue[];
  readonly limits?: Partial<ProcessLimits>;
  readonly parallelism?: number;
  /** Render everything twice; a difference is a problem. */
  readonly checkDeterministic?: boolean;
  /** `required`: a machine that cannot keep tools from network and other files is an error. */
  readonly isolation?: "auto" | "required" | "off";
  /** Kubernetes' own code, which judges what is rendered; schemas alone do when absent. */
  readonly kube?: Kube | undefined;
  /** Where results are kept between runs; none are when absent. */
  readonly cacheFolder?: string;
};
