/** As in package.json (a test compares them); part of provenance and of inputs digests. */
export const fluxgateVersion = "0.1.0";
