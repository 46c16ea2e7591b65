import * as React from "react";
import { Spinner, SpinnerSize } from "azure-devops-ui/Spinner";
import { call } from "../rest.ts";
import { useSession } from "../session.ts";
import { themeData } from "../themes.ts";
import type { Contribution } from "./contributions.ts";
import { hostObjects } from "./host-objects.ts";
import { serveFrame, type FrameConnection } from "./serve-frame.ts";

/** One page of the extension in a frame of its own origin, as the service hosts it. */
export function ContributedFrame(props: {
  readonly contribution: Contribution;
  readonly project: string;
  readonly configuration: object;
  /** Of the run that the page is about. */
  readonly build?: object;
  /** Absent: what the page around it leaves. */
  readonly height?: number;
  readonly onResize?: (height: number) => void;
  /** Told once the page has reported that it is there. */
  readonly onLoaded?: (connection: FrameConnection) => void;
}) {
  const { contribution, project, configuration, height } = props;
  const { theme } = useSession();
  const frame = React.useRef<HTMLIFrameElement>(null);
  const connection = React.useRef<FrameConnection>();
  const latest = React.useRef(props);
  latest.current = props;
  const [state, setState] = React.useState<"loading" | "loaded" | { readonly failed: string }>(
    "loading",
  );
  const key = JSON.stringify([contribution.id, project, placeOf(configuration)]);

  React.useEffect(() => {
    let open = true;
    setState("loading");
    hostContext(project)
      .then((context) => {
        const target = frame.current;
        if (!open || !target?.contentWindow) return;
        const served = serveFrame(
          target.contentWindow,
          extensionOrigin(),
          hostObjects({
            ...context,
            contribution,
            configuration: latest.current.configuration,
            build: latest.current.build,
            loaded: (error) => {
              setState(error === undefined ? "loaded" : { failed: error });
              if (error === undefined) latest.current.onLoaded?.(served);
            },
            resized: (_width, wanted) => {
              if (wanted !== undefined) latest.current.onResize?.(wanted);
            },
          }),
        );
        connection.current = served;
        target.src = `${extensionOrigin()}/_extension/${contribution.uri.replace(/^\//, "")}`;
      })
      .catch((error: Error) => open && setState({ failed: error.message }));
    return () => {
      open = false;
      connection.current?.stop();
    };
  }, [key]);
  React.useEffect(
    () => connection.current?.dispatch("themeChanged", { data: themeData(theme) }),
    [theme],
  );

  return (
    <div className="portal-frame-box" style={height === undefined ? {} : { height }}>
      {state === "loading" && (
        <div className="portal-frame-loading">
          <Spinner size={SpinnerSize.large} label={`Loading ${contribution.name}`} />
        </div>
      )}
      {typeof state === "object" && (
        <p role="alert" className="portal-frame-failure">
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
    </div>
  );
}

// What of the configuration says where the page is: a new place begins the page anew, news of the
// same place (a run's progress) do not.
function placeOf(configuration: object): object {
  return Object.fromEntries(
    Object.entries(configuration).filter(([, value]) => typeof value !== "object"),
  );
}

async function hostContext(project: string) {
  const name = location.pathname.split("/")[1] ?? "";
  const [{ id }, { authenticatedUser, instanceId }] = await Promise.all([
    call<{ id: string }>(`_apis/projects/${encodeURIComponent(project)}`),
    call<{
      instanceId: string;
      authenticatedUser: {
        id: string;
        providerDisplayName: string;
        subjectDescriptor: string;
        properties: { Account: { $value: string } };
      };
    }>("_apis/connectionData?api-version=7.1-preview"),
  ]);
  return {
    organisation: { id: instanceId, name, url: `${location.origin}/${name}` },
    project: { id, name: project },
    user: {
      id: authenticatedUser.id,
      displayName: authenticatedUser.providerDisplayName,
      uniqueName: authenticatedUser.properties.Account.$value,
      descriptor: authenticatedUser.subjectDescriptor,
    },
  };
}

// The service serves extensions from another origin than its own pages, so that they reach nothing
// of them; here the machine's other name is that origin.
function extensionOrigin(): string {
  const { protocol, hostname, port } = location;
  const other = hostname === "localhost" ? "127.0.0.1" : "localhost";
  return `${protocol}//${other}${port === "" ? "" : `:${port}`}`;
}
