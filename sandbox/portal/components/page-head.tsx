import * as React from "react";
import { wasNavigated } from "../navigation.ts";

/** A page's heading: it names the browser's tab and takes the focus when the page was opened. */
export function PageHead(props: {
  readonly title: string;
  /** Shown in place of the title, where it is more than text. */
  readonly heading?: React.ReactNode;
  readonly area: string;
  readonly below?: React.ReactNode;
  readonly actions?: React.ReactNode;
  readonly children?: React.ReactNode;
}) {
  const { title, heading, area, below, actions, children } = props;
  const element = React.useRef<HTMLHeadingElement>(null);
  React.useEffect(() => {
    document.title = `${title} - ${area}`;
  }, [title, area]);
  React.useEffect(() => {
    if (wasNavigated()) element.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="portal-head">
      <div className="portal-head-row">
        <div className="portal-head-title">
          <h1 ref={element} tabIndex={-1}>
            {heading ?? title}
          </h1>
        </div>
        {actions !== undefined && <div className="portal-head-actions">{actions}</div>}
      </div>
      {below !== undefined && <div className="portal-head-below">{below}</div>}
      {children}
    </div>
  );
}
