import * as React from "react";
import { BodiesProvider, type BodySource } from "../components/body-source.ts";
import { ImageTable } from "../components/image-table.tsx";
import { RuledOut } from "../components/ruled-out.tsx";
import { Section } from "../components/section.tsx";
import { Warning } from "../components/note.tsx";
import { useName } from "../components/use-name.ts";
import type { ChangesView } from "../view/changes-view.ts";
import { ObjectList } from "./object-list.tsx";
import type { Target } from "./object-rows.tsx";
import { RiskList } from "./risk-list.tsx";
import type { Viewed } from "./use-viewed.ts";

const mostProblems = 20;
/** Up to so many objects are open from the start; of more only those with a high risk. */
const mostOpen = 8;

/** Risks, images and objects of a change. */
export function ChangesBody(props: {
  readonly view: ChangesView;
  /** Where what is not on the screen yet comes from. */
  readonly bodies: BodySource;
  /** Compares anew, where that is gone. */
  readonly renew: () => void;
  /** Absent where nothing is ticked: what is compared is nobody's to review. */
  readonly viewed?: Viewed;
  /** What to know beside it, after the risks. */
  readonly children?: React.ReactNode;
}) {
  const { view, bodies, renew, viewed, children } = props;
  const { objects } = view;
  const name = useName();
  const grave = view.risks.flatMap(({ severity, key }) =>
    severity === "high" && key !== undefined ? [key] : [],
  );
  const few = objects.length <= mostOpen;
  const [open, setOpen] = React.useState<ReadonlySet<string>>(
    new Set(few ? objects.filter(({ isMinor }) => !isMinor).map(({ key }) => key) : grave),
  );
  const [target, setTarget] = React.useState<Target>();
  const show = (key: string) => {
    setOpen(new Set([...open, key]));
    setTarget({ key });
  };
  const shown = React.useMemo(() => ({ source: bodies, renew }), [bodies, renew]);
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
        <BodiesProvider value={shown}>
          <ObjectList
            {...{ view, name, open, setOpen, show, target }}
            {...(viewed === undefined ? {} : { viewed })}
          />
        </BodiesProvider>
      )}
    </>
  );
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
