import type { ExtensionManifest } from "../extension/contributions.ts";
import type { Repository } from "../rest-types.ts";
import type { Rights } from "../rights.ts";

/** What every page of the portal is given. */
export type PageProps = {
  readonly project: string;
  /** `/{organisation}/{project}`, without a slash at the end. */
  readonly base: string;
  readonly repositories: readonly Repository[];
  /** Undefined until it is known. */
  readonly rights: Rights | undefined;
  /** The built extension's, where there is one. */
  readonly manifest: ExtensionManifest | undefined;
};

/** Of a page about one repository. */
export type RepositoryPageProps = PageProps & { readonly repository: string };
