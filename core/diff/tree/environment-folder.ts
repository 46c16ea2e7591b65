// Folders by the names that people give to environments, where nothing better tells what is applied
// together.
const words = new Set([
  ...["dev", "develop", "development", "test", "tst", "testing", "qa", "uat", "acc", "acceptance"],
  ...[
    "int",
    "integration",
    "stage",
    "staging",
    "stg",
    "preprod",
    "pre",
    "prod",
    "production",
    "prd",
  ],
  ...["live", "sandbox", "demo", "canary", "preview", "nightly", "perf", "load", "dr"],
]);

/** The folder of the environment that a folder belongs to: `prod/api` → `prod`. */
export function environmentFolder(folder: string): string | undefined {
  const parts = folder.split("/");
  const at = parts.findLastIndex((part) =>
    part
      .toLowerCase()
      .split(/[-_.]/)
      .some((word) => words.has(word.replace(/\d+$/, ""))),
  );
  return at < 0 ? undefined : parts.slice(0, at + 1).join("/");
}
