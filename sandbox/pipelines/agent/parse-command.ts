export type Command = {
  readonly area: string;
  readonly event: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

/**
 * `##vso[area.event name=value;…]data`, unescaped, read as the agent does (its Command.cs);
 * undefined for any other line. Property names are in lower case.
 */
export function parseCommand(line: string): Command | undefined {
  const [, info = "", data = ""] = /##vso\[([^\]]*)\](.*)$/s.exec(line) ?? [];
  const [, name = "", list = ""] = /^([^ ]*)(?: (.*))?$/s.exec(info) ?? [];
  const [area, event, ...more] = name.split(".").filter(Boolean);
  if (area === undefined || event === undefined || more.length > 0) return undefined;
  const properties: Record<string, string> = {};
  for (const pair of list.split(";")) {
    const [, key, value] = /^=*([^=]+)=+(.+)$/s.exec(pair) ?? [];
    if (key !== undefined && value !== undefined) {
      properties[key.trim().toLowerCase()] = unescape(value);
    }
  }
  return { area, event, properties, data: unescape(data) };
}

function unescape(text: string): string {
  return text
    .replaceAll("%3B", ";")
    .replaceAll("%5D", "]")
    .replaceAll("%0D", "\r")
    .replaceAll("%0A", "\n")
    .replaceAll("%AZP25", "%");
}
