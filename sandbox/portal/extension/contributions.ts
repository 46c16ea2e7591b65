/** What of `vss-extension.json` the portal acts on. */
export type ExtensionManifest = {
  readonly publisher: string;
  readonly id: string;
  readonly version: string;
  readonly contributions: readonly {
    readonly id: string;
    readonly type: string;
    readonly targets: readonly string[];
    readonly properties: { readonly name?: string; readonly uri?: string };
  }[];
};

/** A page of the extension; `id` is `publisher.extension.contribution`. */
export type Contribution = {
  readonly id: string;
  readonly name: string;
  readonly uri: string;
  readonly extension: ExtensionManifest;
};

/** Pages that the extension wants at one of the targets, in the manifest's order. */
export function contributionsAt(
  manifest: ExtensionManifest | undefined,
  ...targets: readonly string[]
): readonly Contribution[] {
  if (!manifest) return [];
  return manifest.contributions.flatMap(({ id, targets: own, properties }) =>
    properties.uri !== undefined && own.some((target) => targets.includes(target))
      ? [
          {
            id: `${manifest.publisher}.${manifest.id}.${id}`,
            name: properties.name ?? id,
            uri: properties.uri,
            extension: manifest,
          },
        ]
      : [],
  );
}

/** Undefined where no extension was built: the portal then works without. */
export async function loadManifest(): Promise<ExtensionManifest | undefined> {
  const response = await fetch("/_extension/vss-extension.json");
  return response.ok ? ((await response.json()) as ExtensionManifest) : undefined;
}
