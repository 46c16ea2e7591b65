import * as React from "react";
import { call } from "../rest.ts";
import type { Contribution } from "./contributions.ts";
import { hostObjects } from "./host-objects.ts";
import { serveFrame } from "./serve-frame.ts";

/** One page of the extension in a frame of its own origin, as the service hosts it. */
export function ContributedFrame(props: {
  readonly contribution: Contribution;
  readonly project: string;
  readonly configuration: object;
}) {
  const { contribution, project, configuration } = props;
  const frame = React.useRef<HTMLIFrameElement>(null);
  const [state, setState] = React.useState<"loading" | "loaded" | { readonly failed: string }>(
    "loading",
  );
  const key = JSON.stringify([contribution.id, project, configuration]);

  React.useEffect(() => {
    let stop: (() => void) | undefined;
    let open = true;
    const failed = (error: Error) => open && setState({ failed: error.message });
    hostContext(project)
      .then((context) => {
        const target = frame.current;
        if (!open || !target?.contentWindow) return;
        const loaded = (error?: string) =>
          setState(error === undefined ? "loaded" : { failed: error });
        stop = serveFrame(
          target.contentWindow,
          hostObjects({ ...context, contribution, configuration, loaded }),
        );
        target.src = frameAddress(contribution.uri);
      })
      .catch(failed);
    return () => {
      open = false;
      stop?.();
    };
  }, [key]);

  return (
    <>
      {state === "loading" && <p className="portal-empty">Loading {contribution.name} ...</p>}
      {typeof state === "object" && (
        <p role="alert" className="portal-issue-error">
          {contribution.name} did not load: {state.failed}
        </p>
      )}
      <iframe
        ref={frame}
        key={key}
        className="portal-frame"
        title={contribution.name}
        sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-downloads"
      />
    </>
  );
}

async function hostContext(project: string) {
  const name = location.pathname.split("/")[1] ?? "";
  const [{ id }, { authenticatedUser }] = await Promise.all([
    call<{ id: string }>(`_apis/projects/${encodeURIComponent(project)}`),
    call<{ authenticatedUser: { id: string; providerDisplayName: string } }>(
      "_apis/connectionData?api-version=7.1-preview",
    ),
  ]);
  return {
    organisation: { name, url: `${location.origin}/${name}` },
    project: { id, name: project },
    user: { id: authenticatedUser.id, displayName: authenticatedUser.providerDisplayName },
  };
}

// The service serves extensions from another origin than its own pages, so that they reach nothing
// of them; here the machine's other name is that origin.
function frameAddress(uri: string): string {
  const { protocol, hostname, port } = location;
  const other = hostname === "localhost" ? "127.0.0.1" : "localhost";
  return `${protocol}//${other}:${port}/_extension/${uri.replace(/^\//, "")}`;
}
