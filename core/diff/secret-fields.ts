// What is a secret, the same in an object, in one that it holds, and in a text in it.

/** What a Secret holds beside its values; anything else in it is taken for one. */
export const besideValues: ReadonlySet<string> = new Set([
  ...["apiVersion", "kind", "metadata", "type", "immutable", "sops", "status"],
]);

/** What is secret, or says nothing since it is encrypted, wherever it stands. */
export const secretKeys: ReadonlySet<string> = new Set([
  ...["stringData", "encryptedData", "kubectl.kubernetes.io/last-applied-configuration"],
]);
