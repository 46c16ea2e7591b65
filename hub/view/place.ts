import type { Extension } from "../../core/extension.ts";

/** Where and when a page is looked at: what links and ages are made with. */
export type Place = {
  readonly organisationUrl: string;
  /** Whose pages are linked to. */
  readonly extension: Extension;
  readonly now: number;
};
