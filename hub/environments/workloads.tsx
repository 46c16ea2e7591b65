import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Mark } from "../components/mark.tsx";
import { shownImage } from "../view/apps-view.ts";
import type { ItemView } from "../view/cause-view.ts";
import type { ClusterView } from "../view/cluster-view.ts";
import { seenItem } from "../view/seen-item.ts";
import { count } from "../../core/count.ts";
import { WorkloadDetails } from "./workload-details.tsx";

const step = 50;

/** How old what a cluster says of its workloads is. */
type Report = Pick<ClusterView, "current" | "text">;

/** Workloads with replicas and all images; what is not well is open. */
export function Workloads(props: {
  readonly items: readonly ItemView[];
  readonly cluster: string;
  readonly report: Report;
}) {
  const [most, setMost] = React.useState(step);
  const { items, cluster, report } = props;
  const left = items.length - most;
  return (
    <div className="fg-workloads">
      <h3>{count(items.length, "workload")}</h3>
      <ul aria-label={`Workloads of ${cluster}`}>
        {items.slice(0, most).map((item) => (
          <Workload key={item.object} {...{ item, report }} />
        ))}
      </ul>
      {left > 0 && (
        <Button
          subtle={true}
          text={`Show ${Math.min(left, 4 * step)} more of ${left}`}
          onClick={() => setMost(most + 4 * step)}
        />
      )}
    </div>
  );
}

function Workload({ item, report }: { readonly item: ItemView; readonly report: Report }) {
  const { object, workload } = item;
  const { tone, state } = seenItem(item, report.current);
  const [open, setOpen] = React.useState(tone === "bad");
  const { replicas, images = [], changedBy = [] } = workload ?? {};
  return (
    <li className="fg-workload">
      <div className="fg-workload-head">
        <button
          type="button"
          className="fg-fold"
          aria-expanded={open}
          aria-label={`${open ? "Close" : "Open"} ${object}`}
          onClick={() => setOpen(!open)}
        >
          {open ? "▾" : "▸"}
        </button>
        <Mark tone={tone}>
          {object} <span className="fg-secondary">{state}</span>
        </Mark>
        {replicas !== undefined && (
          <span className="fg-secondary">
            {replicas.ready} of {replicas.wanted} ready
            {replicas.updated < replicas.wanted ? `, ${replicas.updated} updated` : ""}
          </span>
        )}
        {changedBy.length > 0 && <Mark tone="warning">changed by others</Mark>}
        <span className="fg-images">
          {images.map((image) => {
            const { name, version } = shownImage(image);
            return (
              <span key={image} className="fg-code" title={image}>
                {name} <b>{version}</b>
              </span>
            );
          })}
        </span>
      </div>
      {open && workload !== undefined && <WorkloadDetails workload={workload} seen={report.text} />}
    </li>
  );
}
