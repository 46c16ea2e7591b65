import * as React from "react";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { Rows } from "../../components/rows.tsx";
import { call } from "../../rest.ts";
import { useLive } from "../../use-live.ts";

type Resource = {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly tags?: readonly string[];
};

/** What an environment names of its clusters. */
export function EnvironmentResources(props: { readonly url: string; readonly address: string }) {
  const { url, address } = props;
  const expanded = `${url}?expands=resourceReferences`;
  const live = useLive(() => call<{ readonly resources: readonly Resource[] }>(expanded), {
    key: expanded,
  });
  return (
    <Loaded live={live}>
      {({ resources }) => (
        <Rows
          label="Resources"
          rows={resources}
          keyOf={({ id }) => id}
          empty={
            <Nothing title="No resource">
              A Kubernetes resource is a namespace that a service connection of type Kubernetes
              reaches.
            </Nothing>
          }
          columns={[
            {
              name: "Resource",
              cell: ({ id, name }) => <a href={`${address}/providers/kubernetes/${id}`}>{name}</a>,
            },
            { name: "Kind", cell: ({ type }) => (type === "kubernetes" ? "Kubernetes" : type) },
            { name: "Tags", cell: ({ tags = [] }) => tags.join(", ") },
          ]}
        />
      )}
    </Loaded>
  );
}
