import * as React from "react";
import { useWindowRows } from "../components/use-window-rows.ts";
import { WhenNear } from "../components/when-near.tsx";
import type { ObjectView } from "../view/changes-view.ts";

/** Of more objects those far from the screen are there by name alone. */
const mostWhole = 60;
/** Of more than these they are not there at all: a search in the page needs all, and has its limit. */
const mostNamed = 300;
const closedHeight = 38;
const longestMs = 2_000;

/** Where to go: another one each time, so that the same object can be gone to again. */
export type Target = { readonly key: string };

type Props = {
  readonly objects: readonly ObjectView[];
  /** Names the list on the page. */
  readonly name: string;
  readonly row: (object: ObjectView) => React.ReactNode;
  readonly target: Target | undefined;
};

/** The id of an object's row. */
export function rowId(name: string, key: string): string {
  return `object-${name}-${key}`;
}

export function ObjectRows(props: Props) {
  return props.objects.length > mostNamed ? <ManyRows {...props} /> : <FewRows {...props} />;
}

function FewRows({ objects, name, row, target }: Props) {
  const list = React.useRef<HTMLUListElement>(null);
  React.useEffect(() => {
    if (target !== undefined) focusWhenThere(list.current, rowId(name, target.key));
  }, [target]);
  return (
    <ul className="fg-objects" ref={list}>
      {objects.map((object) => (
        <li key={object.key} className="fg-object" id={rowId(name, object.key)}>
          {objects.length > mostWhole ? (
            <WhenNear name={nameOf(object)} height={closedHeight}>
              {row(object)}
            </WhenNear>
          ) : (
            row(object)
          )}
        </li>
      ))}
    </ul>
  );
}

function nameOf({ change, kind, name }: ObjectView): string {
  return `${change} ${kind} ${name}`;
}

function ManyRows({ objects, name, row, target }: Props) {
  const list = React.useRef<HTMLUListElement>(null);
  const { rows, top, focus } = useWindowRows<HTMLLIElement>({
    ...{ list, count: objects.length, height: closedHeight, beyond: 8 },
    keyOf: (index) => objects[index]?.key ?? String(index),
  });
  React.useEffect(() => {
    if (target === undefined) return;
    const index = objects.findIndex(({ key }) => key === target.key);
    if (index >= 0) rows.scrollToIndex(index, { align: "start" });
    focusWhenThere(list.current, rowId(name, target.key));
  }, [target]);
  return (
    <ul className="fg-objects fg-objects-many" ref={list} style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, key, start }) => {
        const object = objects[index];
        return object === undefined ? null : (
          <li
            key={String(key)}
            className="fg-object"
            id={rowId(name, object.key)}
            ref={rows.measureElement}
            data-index={index}
            aria-setsize={objects.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start - top}px)` }}
            onFocus={() => focus(index)}
            onBlur={() => focus(undefined)}
          >
            {row(object)}
          </li>
        );
      })}
    </ul>
  );
}

// The row of one of very many objects comes with the scrolling.
function focusWhenThere(list: HTMLElement | null, id: string): void {
  const focus = () => {
    const row = document.getElementById(id);
    const button = row?.querySelector("button");
    button?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "start" });
    return button !== undefined && button !== null;
  };
  if (list === null || focus()) return;
  const watch = new MutationObserver(() => {
    if (focus()) watch.disconnect();
  });
  watch.observe(list, { childList: true, subtree: true });
  window.setTimeout(() => watch.disconnect(), longestMs);
}
