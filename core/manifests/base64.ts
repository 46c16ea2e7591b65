/**
 * Whether the API server reads a text as base64 (Go's encoding/base64, StdEncoding): line ends may
 * stand in it; blanks, and padding that is missing, are refused, where `atob` takes them.
 */
export function isBase64(text: string): boolean {
  const plain = withoutLineEnds(text);
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}

/** Bytes as characters, as `atob` gives them; undefined for what the API server refuses. */
export function decodedBase64(text: string): string | undefined {
  return isBase64(text) ? atob(withoutLineEnds(text)) : undefined;
}

function withoutLineEnds(text: string): string {
  return text.replaceAll(/[\r\n]/g, "");
}
