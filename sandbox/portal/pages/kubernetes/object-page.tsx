import * as React from "react";
import { stringify } from "yaml";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { TabLinks } from "../../components/tab-links.tsx";
import { useLive } from "../../use-live.ts";
import { FileText } from "../repos/file-text.tsx";
import { listObjects, readPodLog, type ClusterObject } from "./ask-cluster.ts";
import { apiOf, type ListProps } from "./object-lists.tsx";
import { containerNames } from "./object-facts.ts";

/** One object of the cluster: its YAML, and of a pod what its containers wrote. */
export function ObjectPage(props: ListProps & { readonly object: string; readonly tab: string }) {
  const { project, resource, address, object, tab } = props;
  const [plural = "", name = ""] = object.split("/");
  const load = async () => {
    const all = await listObjects({ project, resource }, apiOf[plural] ?? "/api/v1", plural);
    return all.find(({ metadata }) => metadata.name === name) ?? null;
  };
  const live = useLive(load, { key: `${resource.id}/${object}`, everyMs: 5000 });
  const own = `${address}?object=${encodeURIComponent(object)}`;
  const logs = plural === "pods" && tab === "logs";
  return (
    <>
      <h2>{name}</h2>
      <TabLinks
        label={name}
        tabs={[
          { name: "YAML", href: own, selected: !logs },
          ...(plural === "pods"
            ? [{ name: "Logs", href: `${own}&view=logs`, selected: logs }]
            : []),
        ]}
      />
      <Loaded live={live}>
        {(found) => {
          if (found === null) return <Nothing title={`There is no ${name} any more`} />;
          if (!logs) return <FileText path={`${name}.yaml`} text={stringify(found)} />;
          return containerNames(found).map((container) => (
            <PodLog key={container} {...props} pod={found} container={container} />
          ));
        }}
      </Loaded>
    </>
  );
}

function PodLog(props: ListProps & { readonly pod: ClusterObject; readonly container: string }) {
  const { project, resource, pod, container } = props;
  const { name } = pod.metadata;
  const live = useLive(() => readPodLog({ project, resource }, name, container), {
    key: `${name}/${container}`,
    everyMs: 5000,
  });
  return (
    <Card title={`Log of ${container}`} flush={true}>
      <Loaded live={live}>{(text) => <pre className="portal-pod-log">{text}</pre>}</Loaded>
    </Card>
  );
}
