import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Checkbox } from "azure-devops-ui/Checkbox";
import { ImageTable } from "../components/image-table.tsx";
import { ObjectRow } from "../components/object-row.tsx";
import { Section } from "../components/section.tsx";
import { Warning } from "../components/note.tsx";
import type { ChangesView } from "../view/changes-view.ts";
import { noiseText } from "../view/noise-text.ts";
import { RiskList } from "./risk-list.tsx";

const mostProblems = 20;
/** Up to so many objects are open from the start; of more only those with a high risk. */
const mostOpen = 8;
/** With more rows than this only those near the screen are there; searching in the page needs all. */
const mostRows = 500;

/** Risks, images and objects of a change. */
export function Changes({ view }: { readonly view: ChangesView }) {
  const { objects } = view;
  const all = objects.map(({ key }) => key);
  const grave = view.risks.filter(({ severity }) => severity === "high").map(({ key }) => key);
  const [open, setOpen] = React.useState<ReadonlySet<string>>(
    new Set(all.length <= mostOpen ? all : grave),
  );
  const [showNoise, setShowNoise] = React.useState(false);
  const rows = objects.reduce((sum, object) => sum + object.rows, 0);
  const noise = noiseText(view.noise, showNoise);

  const toggle = (key: string) =>
    setOpen(new Set(open.has(key) ? [...open].filter((other) => other !== key) : [...open, key]));
  const show = (key: string) => {
    setOpen(new Set([...open, key]));
    const row = document.getElementById(`object-${key}`);
    row?.scrollIntoView({ block: "start" });
    row?.querySelector("button")?.focus({ preventScroll: true });
  };
  const allOpen = all.every((key) => open.has(key));
  return (
    <>
      {view.problems.length > 0 && (
        <Warning>
          <p>Not everything could be compared:</p>
          <ul className="fg-plain-list">
            {view.problems.slice(0, mostProblems).map((problem, index) => (
              <li key={index}>{problem}</li>
            ))}
            {view.problems.length > mostProblems && (
              <li>and {view.problems.length - mostProblems} more</li>
            )}
          </ul>
        </Warning>
      )}
      {view.risks.length > 0 && (
        <Section title="Look twice at">
          <RiskList risks={view.risks} onChoose={show} />
        </Section>
      )}
      {view.images.length > 0 && (
        <Section title="Images">
          <ImageTable images={view.images} />
        </Section>
      )}
      {objects.length > 0 && (
        <Section
          title="Objects"
          aside={
            <>
              {noise !== undefined && (
                <Checkbox
                  label={`Show minor edits (${view.noise.length})`}
                  checked={showNoise}
                  onChange={(_event, checked) => setShowNoise(checked)}
                />
              )}
              <Button
                subtle={true}
                text={allOpen ? "Close all" : "Open all"}
                onClick={() => setOpen(new Set(allOpen ? [] : all))}
              />
            </>
          }
        >
          <ul className="fg-objects">
            {objects.map((object) => (
              <ObjectRow
                key={object.key}
                object={object}
                open={open.has(object.key)}
                showNoise={showNoise}
                lazy={rows > mostRows}
                onToggle={() => toggle(object.key)}
              />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
