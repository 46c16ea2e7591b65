import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import { Warning } from "../components/note.tsx";
import { Section } from "../components/section.tsx";
import type { PlaceInAddress } from "../components/use-place.ts";
import { partName, type Part } from "../view/apps-view.ts";
import type { ClusterDetail, EnvironmentView } from "../view/environment-view.ts";
import type { LastGoodView } from "../view/last-good-view.ts";
import { Commits } from "./commits.tsx";
import { Crumbs } from "./crumbs.tsx";
import { KubernetesLinks } from "./kubernetes-links.tsx";
import { Manifests } from "./manifests.tsx";
import { Objects } from "./objects.tsx";
import { Tree } from "./tree.tsx";
import { Workloads } from "./workloads.tsx";

/** One environment, or one app of it, from near: the cause first. */
export function Environment(props: {
  readonly name: string;
  readonly part: Part | undefined;
  /** Apps of the environment. */
  readonly parts: readonly Part[];
  readonly view: EnvironmentView;
  readonly lastGood: LastGoodView | undefined;
  readonly place: PlaceInAddress;
  readonly reportsRead: boolean;
}) {
  const { name, part, parts, view, place, lastGood } = props;
  const back = part === undefined || part.delivery === "" ? "" : partName(part);
  const history = { view: "compare", left: name, right: name, back };
  const known = (part === undefined ? parts : [part]).map(({ delivery }) => delivery);
  const deliveries = [...new Set(known.filter((delivery) => delivery !== ""))];
  const open = (app: string) => place.go({ environment: name, app });
  return (
    <>
      <Crumbs
        place={place}
        steps={[
          { text: "Environments", values: {} },
          ...(part === undefined ? [] : [{ text: name, values: { environment: name } }]),
        ]}
      />
      <div className="fg-head">
        <h1>{part === undefined ? name : `${partName(part)} in ${name}`}</h1>
        <div className="fg-actions">
          {lastGood !== undefined && (
            <button
              type="button"
              className="fg-link"
              onClick={() => place.go({ ...history, rightAt: lastGood.commit })}
            >
              {lastGood.text}
            </button>
          )}
          <button
            type="button"
            className="fg-link"
            onClick={() => place.go({ view: "compare", left: name })}
          >
            Compare with another environment
          </button>
          <button type="button" className="fg-link" onClick={() => place.go(history)}>
            History and rollback
          </button>
        </div>
      </div>
      {view.reviews.length + view.waits.length > 0 && (
        <ul className="fg-waits" aria-label="What waits here">
          {[...view.reviews, ...view.waits].map(({ text, url }) => (
            <li key={url}>
              <Mark tone="waiting">
                <HostLink url={url}>{text}</HostLink>
              </Mark>
            </li>
          ))}
        </ul>
      )}
      <KubernetesLinks environment={name} deliveries={deliveries} />
      {view.clusters.length === 0 && (
        <p className="fg-nothing">
          {props.reportsRead
            ? "No connector reports on this environment: what runs in its clusters is not known here."
            : "Reports of connectors could not be read: what runs in its clusters is not known here."}
        </p>
      )}
      {view.clusters.map((cluster) => (
        <Cluster key={cluster.name} cluster={cluster} />
      ))}
      {part === undefined && parts.length > 0 && (
        <Section title="Applications">
          <ul className="fg-parts">
            {parts.map((one) => (
              <li key={partName(one)}>
                <button type="button" className="fg-link" onClick={() => open(partName(one))}>
                  {partName(one)}
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {view.commits.length > 0 && <Commits commits={view.commits} />}
      {part !== undefined && part.delivery !== "" && <Manifests environment={name} part={part} />}
    </>
  );
}

function Cluster({ cluster }: { readonly cluster: ClusterDetail }) {
  const { name, tone, text, objects, tree, rollouts, gaps, isPlain, current } = cluster;
  const workloads = [...objects.causes, ...objects.rest].filter(
    ({ workload }) => workload !== undefined,
  );
  return (
    <Section title={`Cluster ${name}`} aside={<Mark tone={tone}>{text}</Mark>}>
      {!current && (
        <Warning>
          Cluster {name}: {text}. What stands here of it may be old.
        </Warning>
      )}
      <Objects objects={objects} current={current} />
      {gaps.length > 0 && (
        <ul className="fg-gaps">
          {gaps.map((gap) => (
            <li key={gap} className="fg-secondary">
              {gap}
            </li>
          ))}
        </ul>
      )}
      {isPlain && (
        <p className="fg-secondary">
          The connector of this cluster is of an older version: it tells neither pods nor what
          applied what.
        </p>
      )}
      {workloads.length > 0 && <Workloads items={workloads} cluster={name} report={cluster} />}
      {tree.length > 0 && !isPlain && (
        <details className="fg-well">
          <summary>What applied what</summary>
          <Tree nodes={tree} label={`What applied what in ${name}`} current={current} />
        </details>
      )}
      {rollouts.length > 0 && (
        <details className="fg-well">
          <summary>Times of the last rollouts</summary>
          <table className="fg-table">
            <thead>
              <tr>
                <th scope="col">Commit</th>
                {rollouts[0]?.steps.map((step) => (
                  <th key={step.name} scope="col">
                    {step.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rollouts.map(({ commit, steps }) => (
                <tr key={commit.text}>
                  <th scope="row" className="fg-code">
                    {commit.url === "" ? (
                      commit.text
                    ) : (
                      <HostLink url={commit.url}>{commit.text}</HostLink>
                    )}
                  </th>
                  {steps.map((step) => (
                    <td key={step.name}>{step.text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </Section>
  );
}
