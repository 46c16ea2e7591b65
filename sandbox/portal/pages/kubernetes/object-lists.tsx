import * as React from "react";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { Rows } from "../../components/rows.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { When } from "../../components/when.tsx";
import { useLive } from "../../use-live.ts";
import { listObjects, type ClusterObject, type KubernetesResource } from "./ask-cluster.ts";
import { imagesOf, podState, readyOf, serviceFacts } from "./object-facts.ts";

export type ListProps = {
  readonly project: string;
  /** Of the resource's page. */
  readonly address: string;
  readonly resource: KubernetesResource;
};

/** Plurals by the API that serves them, as the addresses of objects name them. */
export const apiOf: Readonly<Record<string, string>> = {
  ...{ deployments: "/apis/apps/v1", statefulsets: "/apis/apps/v1", daemonsets: "/apis/apps/v1" },
  pods: "/api/v1",
  services: "/api/v1",
};

const age = {
  name: "Age",
  width: "130px",
  cell: ({ metadata }: ClusterObject) => <When date={metadata.creationTimestamp} />,
};

export function Workloads(props: ListProps) {
  const kinds = ["deployments", "statefulsets", "daemonsets"];
  const live = useObjects(props, kinds);
  return (
    <Loaded live={live}>
      {(all) => (
        <Rows
          label="Workloads"
          rows={all}
          keyOf={({ kind = "", metadata }) => `${kind}/${metadata.name}`}
          empty={<Nothing title="No workload">Nothing is deployed to this namespace.</Nothing>}
          columns={[
            { name: "Workload", cell: (one) => <ObjectLink {...props} one={one} /> },
            { name: "Kind", width: "120px", cell: ({ kind }) => kind },
            {
              name: "Pods",
              width: "120px",
              cell: (one) => {
                const ready = readyOf(one);
                const [now, wanted] = ready?.split("/") ?? [];
                const state = now === wanted ? "succeeded" : "partiallySucceeded";
                return ready === undefined ? "-" : <StateMark state={state} text={ready} />;
              },
            },
            { name: "Images", cell: (one) => imagesOf(one).join(", ") },
            age,
          ]}
        />
      )}
    </Loaded>
  );
}

export function Pods(props: ListProps) {
  const live = useObjects(props, ["pods"]);
  return (
    <Loaded live={live}>
      {(all) => (
        <Rows
          label="Pods"
          rows={all}
          keyOf={({ metadata }) => metadata.name}
          empty={<Nothing title="No pod" />}
          columns={[
            { name: "Pod", cell: (one) => <ObjectLink {...props} one={one} /> },
            {
              name: "State",
              cell: (one) => {
                const { text, isReady, message } = podState(one);
                const said = message === undefined ? text : `${text}: ${message}`;
                return <StateMark state={isReady ? "succeeded" : "pending"} text={said} />;
              },
            },
            { name: "Restarts", width: "100px", cell: (one) => podState(one).restarts },
            { name: "Images", cell: (one) => imagesOf(one).join(", ") },
            age,
          ]}
        />
      )}
    </Loaded>
  );
}

export function Services(props: ListProps) {
  const live = useObjects(props, ["services"]);
  return (
    <Loaded live={live}>
      {(all) => (
        <Rows
          label="Services"
          rows={all}
          keyOf={({ metadata }) => metadata.name}
          empty={<Nothing title="No service" />}
          columns={[
            { name: "Service", cell: (one) => <ObjectLink {...props} one={one} /> },
            { name: "Type", cell: (one) => serviceFacts(one).type },
            { name: "Cluster IP", cell: (one) => serviceFacts(one).clusterIp || "-" },
            { name: "External IP", cell: (one) => serviceFacts(one).externalIp || "-" },
            { name: "Ports", cell: (one) => serviceFacts(one).ports },
            age,
          ]}
        />
      )}
    </Loaded>
  );
}

function useObjects({ project, resource }: ListProps, plurals: readonly string[]) {
  const asked = { project, resource };
  const load = async () => {
    const lists = plurals.map((plural) => listObjects(asked, apiOf[plural] ?? "", plural));
    return (await Promise.all(lists)).flat();
  };
  return useLive(load, { key: `${resource.id}/${plurals.join()}`, everyMs: 5000 });
}

function ObjectLink({ address, one }: { readonly address: string; readonly one: ClusterObject }) {
  const { kind = "", metadata } = one;
  const object = encodeURIComponent(`${kind.toLowerCase()}s/${metadata.name}`);
  return <a href={`${address}?object=${object}`}>{metadata.name}</a>;
}
