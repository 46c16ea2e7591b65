import { openLayer } from "../layers.ts";

type DialogOptions = {
  readonly title?: string;
  readonly configuration?: object;
  readonly lightDismiss?: boolean;
  readonly onClose?: (result: unknown) => void;
  readonly showCancel?: boolean;
  readonly okText?: string;
  readonly cancelText?: string;
  readonly description?: string;
  readonly size?: number;
};

const sizes = ["small", "medium", "large"] as const;

/** Dialogs and panels in the host, and the full screen. */
export function pageLayout(): object {
  return {
    openMessageDialog: (message: string, options: DialogOptions = {}) =>
      void openLayer({
        kind: "message",
        title: options.title,
        message,
        showCancel: options.showCancel ?? true,
        okText: options.okText,
        cancelText: options.cancelText,
        onClose: (result) => options.onClose?.(result),
      }),
    openCustomDialog: (contributionId: string, options: DialogOptions = {}) =>
      void openLayer({
        kind: "dialog",
        title: options.title,
        contributionId,
        configuration: options.configuration ?? {},
        lightDismiss: options.lightDismiss ?? true,
        onClose: (result) => options.onClose?.(result),
      }),
    openPanel: (contributionId: string, options: DialogOptions = {}) =>
      void openLayer({
        kind: "panel",
        title: options.title,
        description: options.description,
        size: sizes[options.size ?? 0] ?? "small",
        contributionId,
        configuration: options.configuration ?? {},
        lightDismiss: options.lightDismiss ?? true,
        onClose: (result) => options.onClose?.(result),
      }),
    getFullScreenMode: () => document.body.classList.contains("portal-full-screen"),
    setFullScreenMode: (on: boolean) => {
      document.body.classList.toggle("portal-full-screen", on);
    },
  };
}
