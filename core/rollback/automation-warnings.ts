// image-automation-controller writes where this marker stands.
const marker = '"$imagepolicy"';
const mostNamed = 5;

/** What an image automation would undo of files that go back, by path and text. */
export function automationWarnings(
  files: readonly (readonly [path: string, text: string])[],
): readonly string[] {
  const marked = files.filter(([, text]) => text.includes(marker)).map(([path]) => path);
  if (marked.length === 0) return [];
  const rest = marked.length - mostNamed;
  const shown = `${marked.slice(0, mostNamed).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  return [
    `An image automation sets images in ${shown}: it will push the newer image back. Suspend its ImageUpdateAutomation, or let its ImagePolicy leave the version out`,
  ];
}
