import type { WantedFolder } from "../data/load-wanted.ts";

/** What of an environment's folder goes back. */
export type RollbackScope = { readonly key: string; readonly text: string } & (
  | { readonly kind: "folder" }
  | { readonly kind: "delivery"; readonly delivery: string; readonly app: string | undefined }
);

/** Each delivery, each of its apps, and everything. */
export function scopesOf({ deliveries }: Pick<WantedFolder, "deliveries">) {
  const own = deliveries.flatMap(({ delivery, files }): readonly RollbackScope[] => {
    const apps = [...new Set(Object.values(files).map(({ app }) => app))].sort();
    const whole = { kind: "delivery", delivery, app: undefined } as const;
    return [
      { ...whole, key: delivery, text: `${delivery}: all of it` },
      ...apps.map((app) => ({
        ...whole,
        app,
        key: `${delivery}/${app}`,
        text: `${delivery}/${app}`,
      })),
    ];
  });
  const all = {
    kind: "folder",
    key: "*",
    text: "Everything in the folder, whoever owns it",
  } as const;
  return [...own, all] satisfies readonly RollbackScope[];
}

/**
 * What the address names; without a name the only delivery, or the folder where there is none.
 * Undefined where somebody has to choose, or where the name is unknown.
 */
export function scopeOf(
  folder: Pick<WantedFolder, "deliveries">,
  key: string,
): RollbackScope | undefined {
  const [first, second] = folder.deliveries;
  const usual = first === undefined ? "*" : second === undefined ? first.delivery : "";
  return scopesOf(folder).find((scope) => scope.key === (key || usual));
}
