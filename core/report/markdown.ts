/** Text inside Markdown: what would be markup or break a table is escaped, lines are joined. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>#|~!]/g, "\\$&")
    .replace(/@/g, "&#64;");
}

/** Code inside Markdown; a backtick in it cannot end it. */
export function markdownCode(text: string): string {
  const inner = text.replace(/\s+/g, " ").replace(/\|/g, "\\|");
  const ticks = inner.includes("`") ? "``" : "`";
  return ticks === "`" ? `\`${inner}\`` : `\`\` ${inner.replaceAll("``", "` `")} \`\``;
}
