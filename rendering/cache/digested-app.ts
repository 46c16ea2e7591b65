import { digestOf, inputParts } from "./inputs-digest.ts";
import type { InputPart } from "./inputs-digest.ts";
import type { PreparedApp } from "../render-app.ts";

export type DigestedApp = PreparedApp & {
  /** Everything that the app's documents follow from. */
  readonly parts: readonly InputPart[];
  /** One sha256 over it. */
  readonly digest: string;
};

/** An app with what its inputs and the tools' versions are known by. */
export function digestedApp(
  prepared: PreparedApp,
  toolVersions: Readonly<Record<string, string>>,
): DigestedApp {
  const { context, inputs } = prepared;
  const parts = inputParts({ context, inputs, toolVersions });
  return { ...prepared, parts, digest: digestOf(parts) };
}
