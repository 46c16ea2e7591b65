/** What an organisation starts with. Paths of files are relative to the repository's root. */
export type Seed = {
  readonly organisation: string;
  readonly projects: readonly SeedProject[];
};

export type SeedProject = {
  readonly name: string;
  readonly repositories: readonly SeedRepository[];
};

export type SeedRepository = {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Who may not see it at all, by the identities' names. */
  readonly hiddenFrom?: readonly string[];
  /** Makes `main` changeable by pull request only. */
  readonly minimumApprovers?: number;
};
