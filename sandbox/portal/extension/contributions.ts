/** What of `vss-extension.json` the portal acts on. */
export type ExtensionManifest = {
  readonly publisher: string;
  readonly id: string;
  readonly version: string;
  readonly contributions: readonly {
    readonly id: string;
    readonly type: string;
    readonly targets?: readonly string[];
    readonly properties: ContributionProperties;
  }[];
};

type ContributionProperties = {
  readonly name?: string;
  readonly uri?: string;
  readonly order?: number;
  /** Of a run's tab: ids of the tasks that it belongs to. */
  readonly supportsTasks?: readonly string[];
  /** Of a widget. */
  readonly supportedSizes?: readonly { readonly rowSpan: number; readonly columnSpan: number }[];
};

/** A page of the extension; `id` is `publisher.extension.contribution`. */
export type Contribution = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly uri: string;
  readonly properties: ContributionProperties;
  readonly extension: ExtensionManifest;
};

/** Pages of one type that the extension wants at the target, by their order. */
export function contributionsAt(
  manifest: ExtensionManifest | undefined,
  { type, target }: { readonly type: string; readonly target: string },
): readonly Contribution[] {
  if (!manifest) return [];
  return manifest.contributions
    .filter((one) => one.type === type && (one.targets ?? []).includes(target))
    .flatMap((one) => pageOf(manifest, one))
    .sort((a, b) => (a.properties.order ?? 0) - (b.properties.order ?? 0));
}

/** A page by its whole id, whatever it is for. */
export function contributionById(
  manifest: ExtensionManifest | undefined,
  id: string,
): Contribution | undefined {
  return manifest?.contributions
    .flatMap((one) => pageOf(manifest, one))
    .find((one) => one.id === id);
}

function pageOf(
  manifest: ExtensionManifest,
  { id, type, properties }: ExtensionManifest["contributions"][number],
): readonly Contribution[] {
  if (properties.uri === undefined) return [];
  return [
    {
      id: `${manifest.publisher}.${manifest.id}.${id}`,
      type,
      name: properties.name ?? id,
      uri: properties.uri,
      properties,
      extension: manifest,
    },
  ];
}

/** Undefined where no extension was built: the portal then works without. */
export async function loadManifest(): Promise<ExtensionManifest | undefined> {
  const response = await fetch("/_extension/vss-extension.json");
  return response.ok ? ((await response.json()) as ExtensionManifest) : undefined;
}
