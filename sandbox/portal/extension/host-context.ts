import type { Contribution } from "./contributions.ts";

/** What a page of the extension is told of where it is shown. */
export type HostContext = {
  readonly contribution: Contribution;
  /** What the page's place hands over, e.g. a pull request's id. */
  readonly configuration: object;
  readonly organisation: { readonly id: string; readonly name: string; readonly url: string };
  readonly project: { readonly id: string; readonly name: string };
  readonly user: {
    readonly id: string;
    readonly displayName: string;
    readonly uniqueName: string;
    readonly descriptor: string;
  };
  /** The run that a tab of a run is about. */
  readonly build: object | undefined;
  readonly loaded: (error?: string) => void;
  readonly resized: (width: number | undefined, height: number | undefined) => void;
};
