/** A command line that can be pasted into a shell: one line, whatever its arguments hold. */
export function commandLine(command: string, args: readonly string[]): string {
  return [command, ...args].map(quoted).join(" ");
}

function quoted(argument: string): string {
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(argument)) return argument;
  if (!/[\p{Cc}\p{Bidi_Control}]/u.test(argument)) return `'${argument.replaceAll("'", `'\\''`)}'`;
  // bash and zsh read these; a line feed or what a terminal obeys would not survive being shown.
  return `$'${argument.replace(/[\\']|\p{Cc}|\p{Bidi_Control}/gu, escaped)}'`;
}

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string): string {
  if (character === "'" || character === "\\") return `\\${character}`;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return named[character] ?? `\\u${code.padStart(4, "0")}`;
}
