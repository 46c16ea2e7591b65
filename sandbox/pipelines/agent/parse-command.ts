export type Command = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

/** `##vso[area.action name=value;…]data`, unescaped; undefined for any other line. */
export function parseCommand(line: string): Command | undefined {
  const match = /##vso\[([\w.]+)\s*([^\]]*)\](.*)$/.exec(line);
  if (!match) return undefined;
  const [, name = "", list = "", data = ""] = match;
  const properties: Record<string, string> = {};
  for (const pair of list.split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0) {
      properties[pair.slice(0, equals).trim().toLowerCase()] = unescape(pair.slice(equals + 1));
    }
  }
  return { name: name.toLowerCase(), properties, data: unescape(data) };
}

function unescape(text: string): string {
  return text
    .replaceAll("%3B", ";")
    .replaceAll("%5D", "]")
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%AZP25", "%");
}
