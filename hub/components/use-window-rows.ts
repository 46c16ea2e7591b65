import * as React from "react";
import {
  defaultRangeExtractor,
  useWindowVirtualizer,
  type Virtualizer,
} from "@tanstack/react-virtual";

/** What stays in sight above a list. */
const headHeight = 200;

export type WindowRows<Row extends Element> = {
  readonly rows: Virtualizer<Window, Row>;
  /** How far below the page's top the list begins. */
  readonly top: number;
  /** Tells which row the keyboard is in: it stays, however far somebody scrolls. */
  readonly focus: (index: number | undefined) => void;
};

/** The rows in sight of a list that scrolls with the page. */
export function useWindowRows<Row extends Element>(of: {
  readonly list: React.RefObject<HTMLElement>;
  readonly count: number;
  /** Of a row, before it was ever seen. */
  readonly height: number;
  readonly keyOf: (index: number) => string;
  /** So many on each side beyond those in sight. */
  readonly beyond: number;
}): WindowRows<Row> {
  const { list, count, height, keyOf, beyond } = of;
  const top = useTop(list);
  const focused = React.useRef<number | undefined>(undefined);
  const rows = useWindowVirtualizer<Row>({
    count,
    estimateSize: () => height,
    getItemKey: keyOf,
    overscan: beyond,
    scrollMargin: top,
    scrollPaddingStart: headHeight,
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      const own = focused.current;
      if (own === undefined || own >= count || near.includes(own)) return near;
      return [...near, own].sort((a, b) => a - b);
    },
  });
  const focus = (index: number | undefined) => {
    focused.current = index;
  };
  return { rows, top, focus };
}

/** What stands above a list comes and goes. */
function useTop(list: React.RefObject<HTMLElement>): number {
  const [top, setTop] = React.useState(0);
  React.useLayoutEffect(() => {
    const measure = () => {
      const box = list.current?.getBoundingClientRect();
      if (box !== undefined) setTop(Math.round(box.top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  return top;
}
