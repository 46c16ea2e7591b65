import * as React from "react";
import { ContentSize } from "azure-devops-ui/Callout";
import { Dialog } from "azure-devops-ui/Dialog";
import { Panel } from "azure-devops-ui/Panel";
import { ContributedFrame } from "./contributed-frame.tsx";
import { contributionById, type ExtensionManifest } from "./contributions.ts";
import { closeLayer, useLayers, type OpenLayer } from "./layers.ts";

type Place = { readonly project: string; readonly manifest: ExtensionManifest | undefined };

/** Dialogs and panels of extensions, above the page. */
export function HostLayers(place: Place) {
  return (
    <>
      {useLayers().map((layer) =>
        layer.kind === "message" ? (
          <MessageDialog key={layer.id} layer={layer} />
        ) : (
          <ContentLayer key={layer.id} layer={layer} {...place} />
        ),
      )}
    </>
  );
}

function MessageDialog({ layer }: { readonly layer: OpenLayer & { readonly kind: "message" } }) {
  const { id, title, message, showCancel, okText = "OK", cancelText = "Cancel" } = layer;
  return (
    <Dialog
      titleProps={{ text: title ?? "" }}
      onDismiss={() => closeLayer(id, false)}
      footerButtonProps={[
        ...(showCancel ? [{ text: cancelText, onClick: () => closeLayer(id, false) }] : []),
        { text: okText, primary: true, onClick: () => closeLayer(id, true) },
      ]}
    >
      {message}
    </Dialog>
  );
}

const panelSizes = {
  small: ContentSize.Small,
  medium: ContentSize.Medium,
  large: ContentSize.Large,
} as const;

type ContentLayerProps = Place & {
  readonly layer: OpenLayer & { readonly kind: "dialog" | "panel" };
};

function ContentLayer({ layer, project, manifest }: ContentLayerProps) {
  const { id, kind, contributionId, configuration, lightDismiss } = layer;
  const [height, setHeight] = React.useState<number>();
  const contribution = contributionById(manifest, contributionId);
  const close = (result?: unknown) => closeLayer(id, result);
  const whole = React.useMemo(
    // The content closes itself through what stands in its configuration, as the service does it.
    () => ({ ...configuration, [kind]: { close } }),
    [configuration, kind],
  );
  const title = layer.title ?? contribution?.name ?? contributionId;
  const content =
    contribution === undefined ? (
      <p role="alert">The extension has no contribution {contributionId}.</p>
    ) : (
      <ContributedFrame
        contribution={contribution}
        project={project}
        configuration={whole}
        {...(kind === "dialog" ? { height: height ?? 320, onResize: setHeight } : {})}
      />
    );
  return layer.kind === "dialog" ? (
    <Dialog
      titleProps={{ text: title }}
      onDismiss={close}
      lightDismiss={lightDismiss}
      contentSize={ContentSize.Medium}
    >
      {content}
    </Dialog>
  ) : (
    <Panel
      titleProps={{ text: title }}
      {...(layer.description === undefined ? {} : { description: layer.description })}
      onDismiss={close}
      lightDismiss={lightDismiss}
      size={panelSizes[layer.size]}
      contentClassName="portal-panel-frame"
    >
      {content}
    </Panel>
  );
}
