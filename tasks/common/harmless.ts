/** The agent obeys lines that start with ##vso: text from manifests and git must not be one. */
export function harmless(line: string): string {
  return line.replaceAll(/##(?=(vso)?\[)/gi, "# #");
}
