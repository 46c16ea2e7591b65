import * as React from "react";
import { Spinner } from "azure-devops-ui/Spinner";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { VoteRecord } from "../../core/run/vote-record.ts";
import { BodiesProvider, heldBodies } from "../components/body-source.ts";
import { Failure, Warning } from "../components/note.tsx";
import { ObjectRow } from "../components/object-row.tsx";
import { Section } from "../components/section.tsx";
import { useName } from "../components/use-name.ts";
import type { Seen } from "../data/beside/questions.ts";
import type { Changes } from "../data/use-changes.ts";
import { useLive } from "../data/use-live.ts";
import { count } from "../../core/count.ts";
import { ObjectRows, rowId, type Target } from "./object-rows.tsx";
import { RiskList } from "./risk-list.tsx";

/** Of more, what changes in them is read when they come near. */
const mostWhole = 10;

/** The difference between what the viewer approved and what is shown, and nothing else. */
export function SinceApproved(props: {
  readonly repo: RepositoryRef;
  readonly pullRequest: PullRequest;
  readonly seen: VoteRecord;
  readonly shown: Changes;
}) {
  const { repo, pullRequest, seen, shown } = props;
  const { id, comparer, renew } = shown;
  const since = useLive(() => comparer.ask("since", { id, repo, pullRequest, seen }), {
    key: JSON.stringify([repo, seen.digest, shown.digest, id]),
  });
  if (since.value === undefined) {
    return since.error === undefined ? (
      <Spinner label="Comparing with what you approved" />
    ) : (
      <Failure error={since.error} retry={renew} />
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
      <Difference of={difference} changed={changed} shown={shown} />
    </Section>
  );
}

function Difference(props: {
  readonly of: Seen;
  readonly changed: number;
  readonly shown: Changes;
}) {
  const { view, id } = props.of;
  const { comparer, renew } = props.shown;
  const bodies = React.useMemo(() => {
    return { source: heldBodies(comparer, id), renew };
  }, [comparer, id, renew]);
  const name = useName();
  const [closed, setClosed] = React.useState<ReadonlySet<string>>(new Set());
  const [target, setTarget] = React.useState<Target>();
  const without = (key: string) => [...closed].filter((one) => one !== key);
  const toggle = (key: string) =>
    setClosed(new Set(closed.has(key) ? without(key) : [...closed, key]));
  const show = (key: string) => {
    setClosed(new Set(without(key)));
    setTarget({ key });
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
      {view.risks.length > 0 && <RiskList risks={view.risks} onChoose={show} />}
      <BodiesProvider value={bodies}>
        <ObjectRows
          objects={view.objects}
          name={name}
          target={target}
          row={(object) => (
            <ObjectRow
              object={object}
              id={rowId(name, object.key)}
              open={!closed.has(object.key)}
              showNoise={true}
              lazy={view.objects.length > mostWhole}
              onToggle={() => toggle(object.key)}
            />
          )}
        />
      </BodiesProvider>
    </>
  );
}
