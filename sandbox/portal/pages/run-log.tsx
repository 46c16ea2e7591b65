import * as React from "react";
import { Loaded } from "../components/loaded.tsx";
import { call } from "../rest.ts";
import type { TimelineRecord } from "../rest-types.ts";
import { useLive } from "../use-live.ts";

/** The log of one record; of a job, the logs of its tasks one after another. */
export function RunLog(props: {
  readonly url: string;
  readonly record: TimelineRecord;
  readonly records: readonly TimelineRecord[];
}) {
  const { url, record, records } = props;
  const ids = [record, ...records.filter(({ parentId }) => parentId === record.id)]
    .map(({ log }) => log?.id)
    .filter((id): id is number => id !== undefined);
  const live = useLive(() => load(url, ids), { key: `${record.id}:${ids.join()}`, everyMs: 1500 });
  return (
    <section className="portal-log" aria-label={`Log of ${record.name}`}>
      <h2>{record.name}</h2>
      {record.issues?.map(({ type, message }, index) => (
        <p key={index} className={`portal-issue portal-issue-${type}`}>
          {message}
        </p>
      ))}
      <Loaded live={live}>
        {(lines) => <pre tabIndex={0}>{lines.join("\n") || "No log line yet."}</pre>}
      </Loaded>
    </section>
  );
}

async function load(url: string, ids: readonly number[]): Promise<readonly string[]> {
  const logs = await Promise.all(
    ids.map((id) => call<{ value?: readonly string[] } | string>(`${url}/logs/${id}`)),
  );
  return logs.flatMap((log) => (typeof log === "string" ? log.split("\n") : (log.value ?? [])));
}
