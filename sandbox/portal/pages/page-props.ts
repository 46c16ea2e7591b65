import type { ExtensionManifest } from "../extension/contributions.ts";

/** What every page of the portal is given. */
export type PageProps = {
  readonly project: string;
  /** `/{organisation}/{project}`, without a slash at the end. */
  readonly base: string;
  /** The built extension's, where there is one. */
  readonly manifest: ExtensionManifest | undefined;
};
