/** At most `length` characters, one line; what does not fit ends in "...". */
export function fitted(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 3)}...` : line;
}
