import * as React from "react";
import { ImageTable } from "../components/image-table.tsx";
import { RuledOut } from "../components/ruled-out.tsx";
import { Section } from "../components/section.tsx";
import { Warning } from "../components/note.tsx";
import type { ChangesView } from "../view/changes-view.ts";
import { ObjectList } from "./object-list.tsx";
import { RiskList } from "./risk-list.tsx";
import type { Viewed } from "./use-viewed.ts";

const mostProblems = 20;
/** Up to so many objects are open from the start; of more only those with a high risk. */
const mostOpen = 8;

/** Risks, images and objects of a change. */
export function ChangesBody(props: {
  readonly view: ChangesView;
  /** Absent where nothing is ticked: what is compared is nobody's to review. */
  readonly viewed?: Viewed;
  /** What to know beside it, after the risks. */
  readonly children?: React.ReactNode;
}) {
  const { view, viewed, children } = props;
  const { objects } = view;
  const grave = view.risks.filter(({ severity }) => severity === "high").map(({ key }) => key);
  const few = objects.length <= mostOpen;
  const [open, setOpen] = React.useState<ReadonlySet<string>>(
    new Set(few ? objects.filter(({ isMinor }) => !isMinor).map(({ key }) => key) : grave),
  );
  const show = (key: string) => {
    setOpen(new Set([...open, key]));
    const row = document.getElementById(`object-${key}`);
    row?.scrollIntoView({ block: "start" });
    if (row !== null) focusWhenThere(row);
  };
  return (
    <>
      {view.problems.length > 0 && <Problems problems={view.problems} />}
      {view.risks.length > 0 && (
        <Section title="Look twice at">
          <RiskList risks={view.risks} onChoose={show} />
        </Section>
      )}
      {children}
      {view.images.length > 0 && (
        <Section title="Images">
          <ImageTable images={view.images} />
        </Section>
      )}
      <RuledOut of={view.ruled} />
      {objects.length > 0 && (
        <ObjectList
          view={view}
          {...(viewed === undefined ? {} : { viewed })}
          open={open}
          setOpen={setOpen}
          show={show}
        />
      )}
    </>
  );
}

const longestMs = 2_000;

// The row of one of very many objects comes with the scrolling.
function focusWhenThere(row: HTMLElement): void {
  const focus = () => {
    const button = row.querySelector("button");
    button?.focus({ preventScroll: true });
    return button !== null;
  };
  if (focus()) return;
  const watch = new MutationObserver(() => {
    if (!focus()) return;
    watch.disconnect();
    row.scrollIntoView({ block: "start" });
  });
  watch.observe(row, { childList: true, subtree: true });
  window.setTimeout(() => watch.disconnect(), longestMs);
}

function Problems({ problems }: { readonly problems: readonly string[] }) {
  return (
    <Warning>
      <p>Not everything could be compared:</p>
      <ul className="fg-plain-list">
        {problems.slice(0, mostProblems).map((problem, index) => (
          <li key={index}>{problem}</li>
        ))}
        {problems.length > mostProblems && <li>and {problems.length - mostProblems} more</li>}
      </ul>
    </Warning>
  );
}
