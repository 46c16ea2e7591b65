import * as React from "react";
import type { PlaceInAddress } from "../components/use-place.ts";
import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { partName } from "../view/apps-view.ts";
import { environmentView } from "../view/environment-view.ts";
import { environmentNames } from "../view/environment-names.ts";
import { lastGoodView } from "../view/last-good-view.ts";
import { matrixView } from "../view/matrix-view.ts";
import type { Place } from "../view/place.ts";
import { Crumbs } from "./crumbs.tsx";
import { Environment } from "./environment.tsx";

/** An environment or an app of it; a name in the address that nobody knows is said to be unknown. */
export function Near(props: {
  readonly facts: EnvironmentsFacts;
  readonly place: PlaceInAddress;
  readonly here: Place;
  readonly environment: string;
}) {
  const { facts, place, here, environment } = props;
  const app = place.values?.["app"] ?? "";
  const known = environmentNames(facts);
  const isAll = facts.namesRead;
  const filter = { text: "", health: "all", sort: "name", shown: [environment] };
  const parts = matrixView(facts, filter, here).rows.filter((row) => row.app !== "");
  const part = parts.find((one) => partName(one) === app);
  if (!known.includes(environment)) {
    return (
      <Unknown
        what="environment"
        name={environment}
        nowhere="Nothing that you may read in this project names it: no manifests repository, no pull request of a run, no connector."
        {...{ known, place, isAll }}
      />
    );
  }
  if (app !== "" && part === undefined) {
    return (
      <Unknown
        what={`application of ${environment}`}
        name={app}
        nowhere={`Neither the manifests of ${environment} nor what its clusters report have it.`}
        known={parts.map(partName)}
        {...{ place, isAll }}
      />
    );
  }
  return (
    <Environment
      name={environment}
      part={part}
      parts={parts}
      place={place}
      reportsRead={facts.reportsRead}
      lastGood={lastGoodView(facts, { environment, part, now: here.now })}
      view={environmentView(facts, { environment, ...(part === undefined ? {} : { part }) }, here)}
    />
  );
}

const mostNamed = 10;

function Unknown(props: {
  readonly what: string;
  readonly name: string;
  /** Where all that would name it was looked at. */
  readonly nowhere: string;
  readonly known: readonly string[];
  readonly place: PlaceInAddress;
  /** False: there may be more than is known, since not all could be read. */
  readonly isAll: boolean;
}) {
  const { what, name, nowhere, known, place, isAll } = props;
  const rest = known.length - mostNamed;
  return (
    <>
      <Crumbs place={place} steps={[{ text: "Environments", values: {} }]} />
      <h1>{isAll ? `There is no ${what} called “${name}”` : `“${name}” is not known now`}</h1>
      <p className="fg-nothing">
        {isAll
          ? nowhere
          : `Whether there is an ${what} of this name is not known: not all that would name it could be read.`}{" "}
        {known.length === 0
          ? "None is known."
          : `Known: ${known.slice(0, mostNamed).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`}
      </p>
    </>
  );
}
