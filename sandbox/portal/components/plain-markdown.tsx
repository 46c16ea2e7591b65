import * as React from "react";

/**
 * The little Markdown that descriptions and comments here use: headings, lists, tables, code,
 * bold, links. Everything becomes React elements, so that no text can become markup of its own.
 */
export function PlainMarkdown({ text }: { readonly text: string }) {
  return <div className="portal-markdown">{blocks(text)}</div>;
}

function blocks(text: string): readonly React.ReactNode[] {
  const lines = text.split(/\r?\n/);
  const out: React.ReactNode[] = [];
  let at = 0;
  const take = (matches: (line: string) => boolean): readonly string[] => {
    const first = at;
    while (at < lines.length && matches(lines[at] ?? "")) at += 1;
    return lines.slice(first, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const key = at;
    if (line.trim() === "") {
      at += 1;
    } else if (line.startsWith("```")) {
      at += 1;
      const code = take((one) => !one.startsWith("```"));
      at += 1;
      out.push(
        <pre key={key} tabIndex={0}>
          {code.join("\n")}
        </pre>,
      );
    } else if (/^#{1,4} /.test(line)) {
      at += 1;
      out.push(<h3 key={key}>{inline(line.replace(/^#+ /, ""))}</h3>);
    } else if (/^\|/.test(line)) {
      out.push(<Table key={key} lines={take((one) => one.startsWith("|"))} />);
    } else if (listItem.test(line)) {
      const items = take((one) => listItem.test(one));
      out.push(
        <ul key={key}>
          {items.map((item, index) => (
            <li key={index}>{inline(item.replace(listItem, ""))}</li>
          ))}
        </ul>,
      );
    } else {
      const paragraph = take(
        (one) => one.trim() !== "" && !/^(```|#{1,4} |\|)/.test(one) && !listItem.test(one),
      );
      out.push(<p key={key}>{inline(paragraph.join("\n"))}</p>);
    }
  }
  return out;
}

const listItem = /^\s*(?:[-*]|\d+\.)\s+/;

function Table({ lines }: { readonly lines: readonly string[] }) {
  const rows = lines
    .filter((line) => !/^\|[\s:|-]+$/.test(line))
    .map((line) => line.replace(/^\||\|\s*$/g, "").split("|"));
  const [head = [], ...rest] = rows;
  return (
    <table>
      <thead>
        <tr>
          {head.map((cell, index) => (
            <th key={index} scope="col">
              {inline(cell.trim())}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rest.map((cells, row) => (
          <tr key={row}>
            {cells.map((cell, index) => (
              <td key={index}>{inline(cell.trim())}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const token = /(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\(https?:\/\/[^\s)]+\)|https?:\/\/[^\s<>)]+)/;

function inline(text: string): readonly React.ReactNode[] {
  return text.split(token).map((part, index) => {
    if (part.startsWith("`")) return <code key={index}>{part.slice(1, -1)}</code>;
    if (part.startsWith("**")) return <b key={index}>{part.slice(2, -2)}</b>;
    const link = /^\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)$/.exec(part);
    if (link) {
      return (
        <a key={index} href={link[2]} rel="noopener">
          {link[1]}
        </a>
      );
    }
    if (/^https?:\/\//.test(part)) {
      return (
        <a key={index} href={part} rel="noopener">
          {part}
        </a>
      );
    }
    return part;
  });
}
