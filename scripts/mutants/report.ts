type Place = { readonly line: number; readonly column: number };
export type Mutant = {
  readonly id: string;
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
};
export type File = { readonly source: string; readonly mutants: readonly Mutant[] };

/** What Stryker keeps. */
export type Report = { readonly files: Readonly<Record<string, File>> };
