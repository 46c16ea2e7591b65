import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { decideRunApproval, type RunChecks } from "../data/load-run-checks.ts";
import { type ApprovalView, approvalView, openCheckText } from "../view/approval-view.ts";
import { ApprovalDialog } from "./approval-dialog.tsx";
import { useHost } from "./host-context.tsx";
import { HostLink } from "./host-link.tsx";
import { Mark } from "./mark.tsx";
import { Failure } from "./note.tsx";
import { Problems } from "./problems.tsx";
import { Section } from "./section.tsx";

type Props = {
  readonly checks: RunChecks;
  readonly me: { readonly id: string };
  readonly now: number;
  /** What the viewer has before the eyes: `review of !12, digest 9f3c1a2b`. */
  readonly seen?: string;
  /** Default: of the run. */
  readonly title?: string;
  readonly refresh: () => void;
};

/** Approvals and checks that hold a run's stages back, decided here; nothing where nothing does. */
export function RunApprovals({ checks, me, now, seen, title, refresh }: Props) {
  const { ado } = useHost();
  const [asking, setAsking] = React.useState<ApprovalView | undefined>(undefined);
  const [state, setState] = React.useState<State>(idle);
  const { organisationUrl } = ado;
  const views = checks.approvals.map((one) => approvalView(one, { organisationUrl, me, now }));
  const decide = (view: ApprovalView, status: "approved" | "rejected", comment: string) => {
    setAsking(undefined);
    setState({ ...idle, busy: view.id });
    const on = view.source;
    decideRunApproval(ado, { on, status, comment, ...(seen === undefined ? {} : { seen }) })
      .then(
        () => setState({ ...idle, done: `You ${status} it: ${view.title}.` }),
        (error: unknown) => setState({ ...idle, error }),
      )
      .finally(refresh);
  };
  const { others, unread } = checks;
  if ([views, others, unread].every(({ length }) => length === 0) && state.done === "") return null;
  return (
    <Section title={title ?? "Approvals and checks of the run"}>
      <ul className="fg-approvals">
        {views.map((view) => (
          <li key={view.id}>
            <Approval view={view} isBusy={state.busy === view.id} decide={() => setAsking(view)} />
          </li>
        ))}
        {others.map((one, index) => (
          <li key={index}>
            <Mark tone="waiting">{openCheckText(one)}</Mark>
          </li>
        ))}
      </ul>
      <p role="status" className="fg-outcome">
        {state.done !== "" && <Mark tone="good">{state.done}</Mark>}
      </p>
      {state.error !== undefined && <Failure error={state.error} />}
      <Problems of={unread} retry={refresh} />
      {asking !== undefined && (
        <ApprovalDialog
          view={asking}
          seen={seen}
          onCancel={() => setAsking(undefined)}
          onDecide={(status, comment) => decide(asking, status, comment)}
        />
      )}
    </Section>
  );
}

type State = { readonly busy: string; readonly done: string; readonly error: unknown };
const idle: State = { busy: "", done: "", error: undefined };

function Approval(props: {
  readonly view: ApprovalView;
  readonly isBusy: boolean;
  readonly decide: () => void;
}) {
  const { view, isBusy, decide } = props;
  const { title, run, asked, needs, instructions, steps, cannotDecide } = view;
  const about = [asked, needs, ...steps].filter(Boolean).join(". ");
  return (
    <>
      <Mark tone="waiting">
        {title}
        {run !== undefined && (
          <>
            {" of "}
            <HostLink url={run.url}>{run.text}</HostLink>
          </>
        )}{" "}
        waits for an approval.
      </Mark>
      <p className="fg-secondary">{about}.</p>
      {instructions !== "" && <p className="fg-quote">{instructions}</p>}
      {cannotDecide === undefined ? (
        <Button
          text={isBusy ? "Deciding…" : "Decide…"}
          ariaLabel={`Decide on ${title}`}
          disabled={isBusy}
          onClick={decide}
        />
      ) : (
        <p className="fg-secondary">{cannotDecide}</p>
      )}
    </>
  );
}
