import * as React from "react";
import { Mark } from "../components/mark.tsx";
import type { CauseView, ItemView } from "../view/cause-view.ts";
import { seenItem } from "../view/seen-item.ts";
import { count } from "../../core/count.ts";

/** What a cluster runs: causes first, the healthy rest folded away. */
export function Objects(props: {
  readonly objects: CauseView;
  /** False: what stands here is what its last report said. */
  readonly current: boolean;
}) {
  const { current } = props;
  const { causes, rest, leftOut } = props.objects;
  const were = (amount: number) => (amount === 1 ? "was" : "were");
  const uneasy = rest.filter(({ tone }) => tone !== "good");
  const well = rest.filter(({ tone }) => tone === "good");
  return (
    <>
      {causes.length > 0 && <Items label="Root cause" items={causes} {...{ current }} />}
      {uneasy.length > 0 && <Items label="Also not settled" items={uneasy} {...{ current }} />}
      {well.length > 0 && (
        <details className="fg-well" open={causes.length + uneasy.length === 0}>
          <summary>
            {count(well.length, "object")} {current ? "" : `${were(well.length)} `}in sync and
            healthy
            {current ? "" : " when last seen"}
          </summary>
          <Items label="In sync and healthy" items={well} quiet={true} {...{ current }} />
        </details>
      )}
      {causes.length + rest.length === 0 && (
        <p className="fg-secondary">Flux runs nothing for this environment there.</p>
      )}
      {leftOut > 0 && <p className="fg-secondary">{count(leftOut, "object")} more not listed.</p>}
    </>
  );
}

function Items(props: {
  readonly label: string;
  readonly items: readonly ItemView[];
  readonly current: boolean;
  /** The label stands above already; only those who cannot see it are told. */
  readonly quiet?: boolean;
}) {
  return (
    <table className="fg-table fg-items">
      <caption className={props.quiet ? "fg-hidden" : ""}>{props.label}</caption>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Object</th>
          <th scope="col">Detail</th>
          <th scope="col">Revision</th>
        </tr>
      </thead>
      <tbody>
        {props.items.map((item) => {
          const { tone, state } = seenItem(item, props.current);
          return (
            <tr key={item.object}>
              <td>
                <Mark tone={tone}>{state}</Mark>
              </td>
              <th scope="row">{item.object}</th>
              <td>{item.cause}</td>
              <td className="fg-code">{item.revision}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
