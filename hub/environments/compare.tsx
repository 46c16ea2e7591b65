import * as React from "react";
import { Choice } from "../components/choice.tsx";
import { ListPlaceProvider } from "../components/list-place.ts";
import type { PlaceInAddress } from "../components/use-place.ts";
import type { Moment } from "../data/compare-folders.ts";
import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { connectorsOf } from "../view/connector-statuses.ts";
import { comparedFolders, sharedNames } from "../view/compared-folders.ts";
import type { Place } from "../view/place.ts";
import { Comparison } from "./comparison.tsx";
import { History } from "./history.tsx";
import { RollBack } from "./roll-back.tsx";

/** Any two environments, or two moments of one; the whole history to choose them from. */
export function Compare(props: {
  readonly facts: EnvironmentsFacts;
  readonly place: PlaceInAddress;
  readonly here: Place;
}) {
  const { facts, place, here } = props;
  const values = place.values ?? {};
  const folders = comparedFolders(facts.repositories);
  const options = folders.map(({ key }) => [key, key] as const);
  const momentOf = (name: string, commit: string): Moment | undefined => {
    const found = folders.find(({ key }) => key === name);
    if (found === undefined) return undefined;
    const { project, id } = found.repository.repository;
    return {
      repo: { project: project.id, repository: id },
      commit: commit === "" ? found.folder.head : commit,
      path: found.folder.path,
    };
  };
  const [left = "", right = ""] = [values["left"], values["right"]];
  const [leftAt = "", rightAt = ""] = [values["leftAt"], values["rightAt"]];
  const [before, after] = [momentOf(left, leftAt), momentOf(right, rightAt)];
  const found = folders.find(({ key }) => key === right);
  const isWayBack = left === right && leftAt === "" && rightAt !== "";
  const title = (name: string, at: string) => `${name} ${at === "" ? "now" : at.slice(0, 8)}`;
  return (
    <ListPlaceProvider value={place}>
      <h1>Compare</h1>
      <div className="fg-filters">
        <Choice
          label="From"
          value={left}
          options={options}
          onChange={(name) => place.change({ left: name, leftAt: "" })}
        />
        <Choice
          label="To"
          value={right}
          options={options}
          onChange={(name) => place.change({ right: name, rightAt: "" })}
        />
        <button
          type="button"
          className="fg-link"
          onClick={() =>
            place.change({ left: right, right: left, leftAt: rightAt, rightAt: leftAt })
          }
        >
          Swap
        </button>
      </div>
      {options.length === 0 && (
        <p className="fg-nothing">
          {facts.namesRead
            ? "No environment has manifests of a delivery yet."
            : "Which environments have manifests is not known: what could not be read stands above."}
        </p>
      )}
      {(before === undefined || after === undefined) && options.length > 0 && (
        <p className="fg-nothing">
          {sharedNames(folders, [left, right]).map(
            (name) => `${name} stands in several folders, each with its own line in the lists. `,
          )}
          Choose two environments, or one of them twice for its history.
        </p>
      )}
      {before !== undefined && after !== undefined && !isWayBack && !isSame(before, after) && (
        <Comparison
          left={before}
          right={after}
          titles={[title(left, leftAt), title(right, rightAt)]}
        />
      )}
      {before !== undefined && after !== undefined && isWayBack && found !== undefined && (
        <RollBack
          key={rightAt}
          repository={found.repository}
          folder={found.folder}
          now={before}
          then={after}
          connectors={connectorsOf(facts.snapshots)}
          reportsRead={facts.reportsRead}
          place={place}
        />
      )}
      {after !== undefined && found !== undefined && (
        <History
          key={right}
          name={right}
          environment={found.folder.environment}
          at={{ ...after, commit: found.folder.head }}
          facts={facts}
          place={place}
          here={here}
        />
      )}
    </ListPlaceProvider>
  );
}

function isSame(a: Moment, b: Moment): boolean {
  return a.repo.repository === b.repo.repository && a.commit === b.commit && a.path === b.path;
}
