import * as React from "react";
import { useVirtualizer } from "@tanstack/react-virtual";

/** A box that scrolls through any number of rows: only those in sight are there. */
export function VirtualBox(props: {
  readonly label: string;
  readonly count: number;
  readonly row: (index: number) => React.ReactNode;
  /** Roughly, in pixels. */
  readonly rowHeight: number;
  readonly className?: string;
}) {
  const { label, count, row, rowHeight, className = "" } = props;
  const box = React.useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  return (
    <div ref={box} className={`fg-box ${className}`} role="group" aria-label={label} tabIndex={0}>
      <ul style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => (
          <li
            key={index}
            ref={list.measureElement}
            data-index={index}
            aria-setsize={count}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start}px)` }}
          >
            {row(index)}
          </li>
        ))}
      </ul>
    </div>
  );
}
