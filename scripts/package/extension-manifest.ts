import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** What of `vss-extension.json` packaging acts on. */
export type ExtensionManifest = {
  readonly publisher: string;
  readonly id: string;
  readonly version: string;
  readonly icons: { readonly default: string };
  readonly categories?: readonly string[];
  readonly repository?: { readonly uri: string };
  readonly links?: Readonly<Record<string, { readonly uri: string } | undefined>>;
  readonly screenshots?: readonly { readonly path: string }[];
  readonly badges?: readonly {
    readonly href: string;
    readonly uri: string;
    readonly description: string;
  }[];
  readonly content: Readonly<Record<string, { readonly path: string }>>;
  readonly files: readonly { readonly path: string; readonly packagePath?: string }[];
  readonly contributions: readonly {
    readonly id: string;
    readonly type: string;
    readonly properties: {
      readonly name?: string;
      readonly uri?: string;
      /** Of a run's tab: ids of the tasks that it belongs to. */
      readonly supportsTasks?: readonly string[];
    };
  }[];
};

export function readManifest(): ExtensionManifest {
  return readJson("vss-extension.json");
}

/** Names of the folders that hold a task. */
export function taskFolders(): readonly string[] {
  return readdirSync(join(root, "tasks")).filter((name) =>
    existsSync(join(root, "tasks", name, "task.json")),
  );
}

/** A file of the checkout, by its path from the root. */
export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, path), "utf8")) as T;
}
