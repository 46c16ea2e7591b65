import * as React from "react";
import { Spinner } from "azure-devops-ui/Spinner";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { VoteRecord } from "../../core/run/vote-record.ts";
import { useHost } from "../components/host-context.tsx";
import { Failure, Warning } from "../components/note.tsx";
import { ObjectRow } from "../components/object-row.tsx";
import { Section } from "../components/section.tsx";
import { compareSince } from "../data/compare-since.ts";
import type { Changes } from "../data/use-changes.ts";
import { useLive } from "../data/use-live.ts";
import { changesView } from "../view/changes-view.ts";
import { count } from "../view/count.ts";
import { RiskList } from "./risk-list.tsx";

/** The difference between what the viewer approved and what is shown, and nothing else. */
export function SinceApproved(props: {
  readonly repo: RepositoryRef;
  readonly pullRequest: PullRequest;
  readonly seen: VoteRecord;
  readonly shown: Changes;
}) {
  const { ado } = useHost();
  const { repo, pullRequest, seen, shown } = props;
  const since = useLive(() => compareSince(ado, { repo, pullRequest, seen, shown }), {
    key: JSON.stringify([repo, seen.digest, shown.digest]),
  });
  if (since.value === undefined) {
    return since.error === undefined ? (
      <Spinner label="Comparing with what you approved" />
    ) : (
      <Failure error={since.error} retry={since.refresh} />
    );
  }
  if (since.value.state === "unknown") {
    return (
      <Warning>
        It has changed since you approved, and what you approved can no longer be compared with:
        look at all of it again.
      </Warning>
    );
  }
  const { changed, difference } = since.value;
  const what = changed === 0 ? "what is not an object" : count(changed, "object");
  return (
    <Section title={`Changed since you approved: ${what}`}>
      <Difference of={difference} changed={changed} />
    </Section>
  );
}

function Difference(props: { readonly of: Changes["analysis"]; readonly changed: number }) {
  const view = React.useMemo(() => changesView(props.of), [props.of]);
  const [closed, setClosed] = React.useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string) => {
    const others = [...closed].filter((one) => one !== key);
    setClosed(new Set(closed.has(key) ? others : [...closed, key]));
  };
  if (view.objects.length === 0) {
    return (
      <p>
        {props.changed === 0
          ? "The risks, or files that could not be compared, are not what they were."
          : "They end as you approved them; what they are compared with has changed."}
      </p>
    );
  }
  return (
    <>
      {view.risks.length > 0 && <RiskList risks={view.risks} onChoose={() => undefined} />}
      <ul className="fg-objects">
        {view.objects.map((object) => (
          <ObjectRow
            key={object.key}
            object={{ ...object, key: `since-${object.key}` }}
            open={!closed.has(object.key)}
            showNoise={true}
            lazy={false}
            onToggle={() => toggle(object.key)}
          />
        ))}
      </ul>
    </>
  );
}
