import type { App, Delivery, Environment } from "../core/delivery/delivery.ts";
import type { KubernetesObject } from "../core/manifests/identity.ts";
import type { Tool } from "../core/delivery/steps/step-kind.ts";
import type { ObjectOrigin, Place } from "../core/render/origins.ts";
import type { AppConfig } from "./inputs/app-config.ts";
import type { Root } from "./inputs/contained-files.ts";
import type { WorkingCopy } from "./inputs/working-copy.ts";

/** What a step hands to the next. */
export type StepOutput = {
  readonly documents: readonly RenderedDocument[];
  /** For a helm or jsonnet step; set by a step marked `as: values`. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** The files that these values came from. */
  readonly valuesFrom?: readonly Place[];
};

export type RenderedDocument = {
  readonly object: KubernetesObject;
  /** The template it came from, as far as the engine tells. */
  readonly file: string;
  /** Line of that file; absent where the engine's output has other lines than its template. */
  readonly line?: number;
  /** For the index: all that made it what it is. */
  readonly origin: ObjectOrigin;
};

/** What every step of one app in one environment shares. */
export type StepContext = {
  readonly delivery: Delivery;
  readonly environment: Environment;
  readonly app: App;
  readonly config: AppConfig;
  readonly checkout: Root;
  readonly copy: WorkingCopy;
  /** Fills in `${environment}` and so on. */
  readonly expand: (path: string) => string;
  readonly run: RunTool;
  /** Says something that does not fail the render; repeated, it is said once. */
  readonly warn: (text: string) => void;
};

/**
 * Runs a tool in a folder and returns what it wrote; its stderr becomes warnings.
 * @throws ToolFailure when it ends with another code than 0.
 */
export type RunTool = (
  tool: Tool,
  args: readonly string[],
  options: { readonly cwd: string },
) => Promise<string>;

/** A tool ended with a code other than 0. */
export class ToolFailure extends Error {
  readonly tool: Tool;
  readonly stderr: string;
  /** To repeat it by hand. */
  readonly commandLine: string;

  constructor(tool: Tool, failure: { readonly stderr: string; readonly commandLine: string }) {
    super(`${tool} failed`);
    this.name = "ToolFailure";
    this.tool = tool;
    this.stderr = failure.stderr;
    this.commandLine = failure.commandLine;
  }
}
