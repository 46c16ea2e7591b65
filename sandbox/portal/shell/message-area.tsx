import * as React from "react";
import { MessageBar, MessageBarSeverity } from "azure-devops-ui/MessageBar";
import { Toast } from "azure-devops-ui/Toast";
import { openPage } from "../navigation.ts";
import { dropToast, showBanner, useMessages } from "./messages.ts";

const severities = {
  info: MessageBarSeverity.Info,
  success: MessageBarSeverity.Info,
  warning: MessageBarSeverity.Warning,
  error: MessageBarSeverity.Error,
} as const;

export function BannerArea() {
  const { banner } = useMessages();
  return (
    <div role="status" className="portal-banner">
      {banner && (
        <MessageBar
          severity={severities[banner.level]}
          {...(banner.dismissable ? { onDismiss: () => showBanner(undefined) } : {})}
          buttonProps={banner.buttons.map(({ text, href }) => ({
            text,
            ...(href === undefined ? {} : { onClick: () => openPage(href) }),
          }))}
        >
          {banner.text}
        </MessageBar>
      )}
    </div>
  );
}

/** One toast at a time, each for its own time. */
export function ToastArea() {
  const [toast] = useMessages().toasts;
  React.useEffect(() => {
    if (!toast) return undefined;
    const timer = window.setTimeout(() => dropToast(toast), toast.durationMs);
    return () => window.clearTimeout(timer);
  }, [toast]);
  return (
    <div role="status" aria-live="polite">
      {toast && (
        <Toast
          message={toast.message}
          {...(toast.action
            ? { callToAction: toast.action.text, onCallToActionClick: toast.action.onClick }
            : {})}
        />
      )}
    </div>
  );
}
