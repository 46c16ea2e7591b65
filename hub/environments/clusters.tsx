import * as React from "react";
import { Mark } from "../components/mark.tsx";
import type { ClusterView } from "../view/cluster-view.ts";

/** The clusters of an environment, and how old what is known of them is. */
export function Clusters(props: { readonly clusters: readonly ClusterView[] | undefined }) {
  const { clusters } = props;
  if (clusters === undefined) {
    return <div className="fg-secondary">reports of clusters could not be read</div>;
  }
  if (clusters.length === 0) return <div className="fg-secondary">no report of a cluster</div>;
  return (
    <ul className="fg-clusters">
      {clusters.map(({ name, tone, text }) => (
        <li key={name}>
          <Mark tone={tone}>
            {name}: {text}
          </Mark>
        </li>
      ))}
    </ul>
  );
}
