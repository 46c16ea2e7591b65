export type LogLine = {
  readonly kind: "plain" | "error" | "warning" | "section" | "command" | "debug" | "group";
  readonly text: string;
  readonly time: string | undefined;
};

/** Splits time and marker off a line, as the agent writes them: `<time> ##[error]…`. */
export function readLogLine(line: string): LogLine {
  const [, time, rest = line] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ?(.*)$/s.exec(line) ?? [];
  const marker = /^##\[(error|warning|section|command|debug|group)\](.*)$/s.exec(rest);
  return marker
    ? { kind: marker[1] as LogLine["kind"], text: marker[2] ?? "", time }
    : { kind: "plain", text: rest === "##[endgroup]" ? "" : rest, time };
}
