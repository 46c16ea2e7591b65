import * as React from "react";
import { ContributedFrame } from "./contributed-frame.tsx";
import type { Contribution } from "./contributions.ts";
import type { FrameConnection } from "./serve-frame.ts";

const cell = 160;
const gap = 10;

/** A widget at its first size: the page registers an object under its id, the host calls `load`. */
export function WidgetFrame(props: {
  readonly contribution: Contribution;
  readonly project: string;
}) {
  const { contribution, project } = props;
  const [error, setError] = React.useState<string>();
  const size = contribution.properties.supportedSizes?.[0] ?? { rowSpan: 1, columnSpan: 2 };
  const load = ({ invoke }: FrameConnection) => {
    const settings = {
      name: contribution.name,
      size,
      customSettings: { data: null, version: { major: 1, minor: 0, patch: 0 } },
      lightboxOptions: null,
    };
    invoke(contribution.id, "preload", [settings])
      .then(() => invoke(contribution.id, "load", [settings]))
      .catch((failure: Error) => setError(failure.message));
  };
  const pixels = (cells: number) => cells * cell + (cells - 1) * gap;
  return (
    <section
      className="portal-card portal-widget"
      aria-label={contribution.name}
      style={{ width: pixels(size.columnSpan), height: pixels(size.rowSpan) }}
    >
      {error !== undefined && <p role="alert">{error}</p>}
      <ContributedFrame
        contribution={contribution}
        project={project}
        configuration={{}}
        height={pixels(size.rowSpan)}
        onLoaded={load}
      />
    </section>
  );
}
