import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Checkbox } from "azure-devops-ui/Checkbox";
import { type DiffStyle, DiffStyleProvider } from "../components/diff-style.ts";
import { Failed } from "../components/failed.tsx";
import { useListPlace } from "../components/list-place.ts";
import { ObjectRow } from "../components/object-row.tsx";
import { Section } from "../components/section.tsx";
import type { ChangesView, ObjectView } from "../view/changes-view.ts";
import { count } from "../../core/count.ts";
import { sumNoise } from "../view/noise-counts.ts";
import { ObjectRows, rowId } from "./object-rows.tsx";
import { ObjectTree } from "./object-tree.tsx";
import type { Chosen } from "./use-chosen.ts";
import { useFilter } from "./use-filter.ts";
import { useObjectKeys } from "./use-object-keys.ts";
import type { Viewed } from "./use-viewed.ts";

/** So few are in sight anyway. */
const fewObjects = 3;
/** With more rows than this only those near the screen are there; searching in the page needs all. */
const mostRows = 500;

/** The objects, those with minor edits alone folded to one line; each with its tick. */
export function ObjectList(props: {
  readonly view: ChangesView;
  /** Names the list on the page. */
  readonly name: string;
  /** Absent where nothing is ticked. */
  readonly viewed?: Viewed;
  readonly chosen: Chosen;
  /** What the keys are, where nothing else on the page tells. */
  readonly help?: React.ReactNode;
}) {
  const { view, name, viewed, chosen } = props;
  const { open, setOpen, target } = chosen;
  const { values = {}, change } = useListPlace();
  const style: DiffStyle = values["layout"] === "split" ? "split" : "inline";
  const showNoise = values["minor"] === "shown";
  const text = values["q"] ?? "";
  const { objects, error } = useFilter(view.objects, text);
  const isFiltered = objects.length < view.objects.length;
  const shown = React.useMemo(
    () => objects.filter(({ isMinor }) => !isMinor || isFiltered || showNoise),
    [objects, isFiltered, showNoise],
  );
  const minor = objects.length - shown.length;
  const isThere = target === undefined || shown.some(({ key }) => key === target.key);
  React.useEffect(() => {
    if (isThere) return;
    // Whoever goes to an object sees it, whatever was filtered or folded.
    change({ q: "", minor: "shown" });
  }, [target]);
  const rows = objects.reduce((sum, object) => sum + object.rows, 0);
  const keys = shown.map(({ key }) => key);
  const allOpen = keys.every((key) => open.has(key));
  const ticked = view.objects.filter(({ digest }) => viewed?.has(digest)).length;
  const counts = [
    ...(isFiltered ? [`${shown.length} of ${view.objects.length} shown`] : []),
    ...(viewed === undefined ? [] : [`${ticked} of ${view.objects.length} viewed`]),
  ];
  const press = useObjectKeys({
    objects: shown,
    idOf: ({ key }) => rowId(name, key),
    isViewed: ({ digest }) => viewed?.has(digest) === true,
    go: ({ key }) => chosen.go(key),
    tick: viewed && (({ digest }) => viewed.toggle(digest)),
  });
  const row = (object: ObjectView) => (
    <ObjectRow
      object={object}
      id={rowId(name, object.key)}
      open={open.has(object.key)}
      showNoise={showNoise || object.isMinor}
      lazy={rows > mostRows}
      onToggle={() => setOpen(toggled(open, object.key))}
      {...(viewed === undefined ? {} : { viewed: tickOf(viewed, object) })}
    />
  );
  return (
    <Section
      title="Objects"
      aside={
        <>
          <span className="fg-secondary" role="status">
            {counts.join(", ")}
          </span>
          <input
            type="search"
            className="fg-filter"
            aria-label="Filter objects by name, kind, file, field or value"
            placeholder="Filter"
            value={text}
            onChange={({ target: input }) => change({ q: input.value })}
          />
          {view.noise.size > 0 && (
            <Checkbox
              label={`Show minor edits (${sumNoise(view.noise)})`}
              checked={showNoise}
              onChange={(_event, checked) => change({ minor: checked ? "shown" : "" })}
            />
          )}
          <Button
            subtle={true}
            className="fg-wide-only"
            text={style === "inline" ? "Side by side" : "Inline"}
            onClick={() => change({ layout: style === "inline" ? "split" : "" })}
          />
          <Button
            subtle={true}
            text={allOpen ? "Close all" : "Open all"}
            onClick={() => setOpen(new Set(allOpen ? [] : keys))}
          />
          {props.help}
        </>
      }
    >
      {error !== undefined && <Failed error={error} />}
      <div className="fg-beside" onKeyDown={press}>
        {viewed !== undefined && shown.length > fewObjects && (
          <ObjectTree objects={shown} viewed={viewed} onChoose={chosen.show} />
        )}
        <DiffStyleProvider value={style}>
          <ObjectRows objects={shown} name={name} row={row} target={isThere ? target : undefined} />
        </DiffStyleProvider>
      </div>
      {shown.length === 0 && minor === 0 && (
        <p className="fg-secondary">No object fits the filter.</p>
      )}
      {minor > 0 && (
        <p className="fg-secondary fg-minor">
          {count(minor, "object")} with minor edits only.{" "}
          <button type="button" className="fg-link" onClick={() => change({ minor: "shown" })}>
            Show them
          </button>
        </p>
      )}
    </Section>
  );
}

function tickOf(viewed: Viewed, { digest }: ObjectView) {
  return { isOn: viewed.has(digest), toggle: () => viewed.toggle(digest) };
}

function toggled(open: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set(open.has(key) ? [...open].filter((other) => other !== key) : [...open, key]);
}
