import * as React from "react";
import { Loaded } from "../../components/loaded.tsx";
import { call } from "../../rest.ts";
import type { TimelineRecord } from "../../rest-types.ts";
import { useLive } from "../../use-live.ts";
import { readLogLine } from "./log-line.ts";

/** The log of one record, live; of a job, the logs of its tasks one after another. */
export function RunLog(props: {
  readonly url: string;
  readonly record: TimelineRecord;
  readonly records: readonly TimelineRecord[];
  readonly over: boolean;
}) {
  const { url, record, records, over } = props;
  const ids = [record, ...records.filter(({ parentId }) => parentId === record.id)]
    .map(({ log }) => log?.id)
    .filter((id): id is number => id !== undefined);
  const live = useLive(() => load(url, ids), {
    key: `${record.id}:${ids.join()}`,
    everyMs: over ? 30_000 : 1500,
  });
  return (
    <section className="portal-log" aria-label={`Log of ${record.name}`}>
      <h2>{record.name}</h2>
      {record.currentOperation && <p>{record.currentOperation}</p>}
      <Loaded live={live}>{(lines) => <Lines lines={lines} follow={!over} />}</Loaded>
    </section>
  );
}

function Lines({ lines, follow }: { readonly lines: readonly string[]; readonly follow: boolean }) {
  const box = React.useRef<HTMLDivElement>(null);
  // Goes along with the newest line until somebody scrolls up to read.
  const atEnd = React.useRef(true);
  React.useLayoutEffect(() => {
    const element = box.current;
    if (follow && element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [lines.length, follow]);
  return (
    <div
      ref={box}
      className="portal-log-lines"
      role="log"
      aria-live="off"
      aria-label="Log lines"
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.current = scrollTop + clientHeight >= scrollHeight - 20;
      }}
    >
      {lines.length === 0 && "No log line yet."}
      {lines.map((line, index) => {
        const { kind, text, time } = readLogLine(line);
        return (
          <div key={index} className={`portal-log-line portal-log-${kind}`} title={time}>
            <span className="portal-number">{index + 1}</span>
            <span>{text}</span>
          </div>
        );
      })}
    </div>
  );
}

async function load(url: string, ids: readonly number[]): Promise<readonly string[]> {
  const logs = await Promise.all(
    ids.map((id) => call<{ value?: readonly string[] } | string>(`${url}/logs/${id}`)),
  );
  return logs.flatMap((log) => (typeof log === "string" ? log.split("\n") : (log.value ?? [])));
}
