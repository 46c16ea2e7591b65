import * as React from "react";
import { BodiesProvider, type BodySource } from "../components/body-source.ts";
import { ImageTable } from "../components/image-table.tsx";
import { RuledOut } from "../components/ruled-out.tsx";
import { Section } from "../components/section.tsx";
import { Warning } from "../components/note.tsx";
import { useName } from "../components/use-name.ts";
import type { ChangesView } from "../view/changes-view.ts";
import { ObjectList } from "./object-list.tsx";
import { RiskList } from "./risk-list.tsx";
import { useChosen } from "./use-chosen.ts";
import type { Viewed } from "./use-viewed.ts";

const mostProblems = 20;

/** Risks, images and objects of a change. */
export function ChangesBody(props: {
  readonly view: ChangesView;
  /** Where what is not on the screen yet comes from. */
  readonly bodies: BodySource;
  /** Compares anew, where that is gone. */
  readonly renew: () => void;
  /** Absent where nothing is ticked: what is compared is nobody's to review. */
  readonly viewed?: Viewed;
  /** What the keys are, where nothing else on the page tells. */
  readonly help?: React.ReactNode;
  /** What to know beside it, after the risks. */
  readonly children?: React.ReactNode;
}) {
  const { view, bodies, renew, viewed, children } = props;
  const name = useName();
  const chosen = useChosen(view);
  const shown = React.useMemo(() => ({ source: bodies, renew }), [bodies, renew]);
  return (
    <>
      {view.problems.length > 0 && <Problems problems={view.problems} />}
      {view.risks.length > 0 && (
        <Section title="Look twice at">
          <RiskList risks={view.risks} onChoose={chosen.show} />
        </Section>
      )}
      {children}
      {view.images.length > 0 && (
        <Section title="Images">
          <ImageTable images={view.images} />
        </Section>
      )}
      <RuledOut of={view.ruled} />
      {view.objects.length > 0 && (
        <BodiesProvider value={shown}>
          <ObjectList
            {...{ view, name, chosen, help: props.help }}
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
