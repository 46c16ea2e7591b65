import * as React from "react";
import { Card } from "../../components/card.tsx";
import { list } from "../../rest.ts";
import { useLive } from "../../use-live.ts";

type Refs = readonly { readonly id: string }[];

/** The work items of a pull request or a run, each a link to its page. */
export function WorkItemLinks({ base, refs }: { readonly base: string; readonly refs: Refs }) {
  if (refs.length === 0) return null;
  return (
    <Card title="Work items">
      <ul className="portal-plain">
        {refs.map(({ id }) => (
          <li key={id}>
            <a href={`${base}/_workitems/edit/${id}`}>#{id}</a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Those that the commits of a run name; they change no more, and cost a look into git. */
export function RunWorkItems({ base, url }: { readonly base: string; readonly url: string }) {
  const live = useLive(() => list<Refs[number]>(`${url}/workitems`), { key: url, everyMs: 60_000 });
  return <WorkItemLinks base={base} refs={live.value ?? []} />;
}
