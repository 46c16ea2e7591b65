import * as React from "react";
import type { RenderedSides } from "../data/load-origins.ts";
import type { ObjectView } from "../view/changes-view.ts";
import { originLines } from "../view/origin-view.ts";
import { useHost } from "./host-context.tsx";
import { HostLink } from "./host-link.tsx";

const Sides = React.createContext<RenderedSides | undefined>(undefined);

/** What the objects below were rendered from; undefined while that is not known. */
export const OriginsProvider = Sides.Provider;

/** Template, values and variables of one object; nothing where no render recorded them. */
export function Origin({ object }: { readonly object: ObjectView }) {
  const { ado } = useHost();
  const sides = React.useContext(Sides);
  if (sides === undefined || object.madeBy !== undefined) return null;
  const lines = originLines(object, { sides, organisationUrl: ado.organisationUrl });
  if (lines.length === 0) return null;
  return (
    <dl className="fg-origin">
      {lines.map(({ label, parts }) => (
        <React.Fragment key={label}>
          <dt>{label}</dt>
          <dd>
            {parts.map(({ text, url }, index) => (
              <React.Fragment key={index}>
                {index > 0 && ", "}
                {url === undefined ? text : <HostLink url={url}>{text}</HostLink>}
              </React.Fragment>
            ))}
          </dd>
        </React.Fragment>
      ))}
    </dl>
  );
}
