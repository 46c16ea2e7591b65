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
  const filter = { text: "", health: "all", sort: "name", shown: [environment] };
  const parts = matrixView(facts, filter, here).rows.filter((row) => row.app !== "");
  const part = parts.find((one) => partName(one) === app);
  if (!known.includes(environment)) {
    return <Unknown what="environment" name={environment} known={known} place={place} />;
  }
  if (app !== "" && part === undefined) {
    return (
      <Unknown
        what={`application of ${environment}`}
        name={app}
        known={parts.map(partName)}
        place={place}
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
  readonly known: readonly string[];
  readonly place: PlaceInAddress;
}) {
  const { what, name, known, place } = props;
  const rest = known.length - mostNamed;
  return (
    <>
      <Crumbs place={place} steps={[{ text: "Environments", values: {} }]} />
      <h1>
        There is no {what} called “{name}”
      </h1>
      <p className="fg-nothing">
        Nothing that you may read in this project names it: no manifests repository, no pull request
        of a run, no connector.{" "}
        {known.length === 0
          ? "Nothing is known here at all."
          : `Known: ${known.slice(0, mostNamed).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`}
      </p>
    </>
  );
}
