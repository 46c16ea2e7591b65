// What ValidateManifests leaves on a pull request: one status, and a thread for each error.

/** A status policy names it. */
export const validationContext = { genre: "fluxgate", name: "manifests" } as const;

/** Marks the threads that are ours. */
export const findingProperty = "Fluxgate.Finding";

/** What manifests say must not become links, mentions or pictures. */
export function writeFinding(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

type Thread = {
  readonly properties?: Readonly<Record<string, { readonly $value?: unknown } | undefined>> | null;
  readonly comments?: readonly { readonly content?: string }[];
};

/** The text of a finding's thread; undefined for any other thread. */
export function findingOf({ properties, comments }: Thread): string | undefined {
  if (properties?.[findingProperty] === undefined) return undefined;
  const content = comments?.[0]?.content ?? "";
  return /^```text\n([\s\S]*)\n```$/.exec(content)?.[1] ?? content;
}
