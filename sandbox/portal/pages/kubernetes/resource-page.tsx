import * as React from "react";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { TabLinks } from "../../components/tab-links.tsx";
import { call } from "../../rest.ts";
import { useLive } from "../../use-live.ts";
import type { PageProps } from "../page-props.ts";
import type { KubernetesResource } from "./ask-cluster.ts";
import { ObjectPage } from "./object-page.tsx";
import { Pods, Services, Workloads } from "./object-lists.tsx";

/** A Kubernetes resource of an environment: what runs in its namespace, asked of the cluster. */
export function ResourcePage(
  props: PageProps & {
    readonly environment: number;
    readonly resource: number;
    readonly tab: string;
    /** `pods/web-1`, of what is looked at from near. */
    readonly object: string | undefined;
  },
) {
  const { project, base, environment, resource, tab, object } = props;
  const url = `${project}/_apis/distributedtask/environments/${environment}/providers/kubernetes/${resource}`;
  const live = useLive(() => call<KubernetesResource>(url), { key: url, everyMs: 60_000 });
  const address = `${base}/_environments/${environment}/providers/kubernetes/${resource}`;
  const shown = { Workloads, Pods, Services }[tab] ?? Workloads;
  const { value } = live;
  return (
    <>
      <PageHead
        title={value ? `${value.environmentReference.name} / ${value.name}` : "Kubernetes"}
        area="Pipelines"
        below={value && `Namespace ${value.namespace} of ${value.clusterName || "the cluster"}`}
      >
        <TabLinks
          label="Kubernetes resource"
          tabs={["Workloads", "Pods", "Services"].map((name) => ({
            name,
            href: `${address}?view=${name}`,
            selected: object === undefined && shown === { Workloads, Pods, Services }[name],
          }))}
        />
      </PageHead>
      <Loaded live={live}>
        {(found) =>
          object === undefined ? (
            <Card flush={true}>
              {React.createElement(shown, { project, address, resource: found })}
            </Card>
          ) : (
            <ObjectPage {...{ project, address, object, tab }} resource={found} />
          )
        }
      </Loaded>
    </>
  );
}
