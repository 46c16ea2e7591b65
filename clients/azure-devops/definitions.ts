import { type AzureDevOps, list } from "./connection.ts";

export type Definition = {
  readonly id: number;
  readonly name: string;
  /** Its folder, `\\` at the top. */
  readonly path: string;
  readonly project: { readonly id: string; readonly name: string };
};

/** The pipelines of a project that this identity may see, at most 10,000. */
export function listDefinitions(ado: AzureDevOps, project: string): Promise<readonly Definition[]> {
  return list(ado, { project, path: ["build", "definitions"], query: { $top: 10_000 } });
}
