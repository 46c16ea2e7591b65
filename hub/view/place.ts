/** Where and when a page is looked at: what links and ages are made with. */
export type Place = { readonly organisationUrl: string; readonly now: number };
