import * as React from "react";
import { reportLoaded } from "../data/host.ts";

/** What runs where. */
export function EnvironmentsPage() {
  React.useEffect(reportLoaded, []);
  return (
    <div className="fg-page">
      <h1>Environments</h1>
    </div>
  );
}
