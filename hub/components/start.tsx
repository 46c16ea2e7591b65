import "azure-devops-ui/Core/override.css";
import "./hub.scss";
import "./review.scss";
import * as React from "react";
import { render } from "react-dom";
import { type Host, openHost, reportLoaded } from "../data/host.ts";
import { followTheme } from "./follow-theme.ts";
import { HostProvider } from "./host-context.tsx";
import { Failure } from "./note.tsx";

/** Opens the host and shows a page in it; what goes wrong is shown in the page's place. */
export function start(page: (host: Host) => React.ReactElement): void {
  const root = document.getElementById("root");
  followTheme();
  openHost()
    .then((host) => render(<HostProvider value={host}>{page(host)}</HostProvider>, root))
    .catch((error: unknown) => {
      render(<Failure error={error} />, root);
      reportLoaded();
    });
}
