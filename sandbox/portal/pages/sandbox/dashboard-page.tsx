import * as React from "react";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { contributionsAt } from "../../extension/contributions.ts";
import { WidgetFrame } from "../../extension/widget-frame.tsx";
import type { PageProps } from "../page-props.ts";

/** Every widget of the extension, once. */
export function DashboardPage({ project, manifest }: PageProps) {
  const widgets = contributionsAt(manifest, {
    type: "ms.vss-dashboards-web.widget",
    target: "ms.vss-dashboards-web.widget-catalog",
  });
  return (
    <>
      <PageHead title="Dashboard" area="Overview" />
      {widgets.length === 0 ? (
        <Nothing title="No widget">The extension contributes none.</Nothing>
      ) : (
        <div className="portal-widgets">
          {widgets.map((contribution) => (
            <WidgetFrame key={contribution.id} contribution={contribution} project={project} />
          ))}
        </div>
      )}
    </>
  );
}
