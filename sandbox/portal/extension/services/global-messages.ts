import { showBanner, showToast, type Banner } from "../../shell/messages.ts";
import { closeLayer, openLayer } from "../layers.ts";

type BannerOptions = {
  readonly level?: number;
  readonly message?: string;
  readonly messageFormat?: string;
  readonly messageLinks?: readonly { readonly name: string; readonly href: string }[];
  readonly dismissable?: boolean;
  readonly buttons?: readonly { readonly text?: string; readonly href?: string }[];
};
type ToastOptions = {
  readonly message: string;
  readonly duration: number;
  readonly callToAction?: string;
  readonly onCallToActionClick?: () => void;
  readonly forceOverrideExisting?: boolean;
};
type DialogOptions = {
  readonly title?: string;
  readonly message?: string;
  readonly contributionId?: string;
  readonly contributionConfiguration?: object;
  readonly onDismiss?: () => void;
};

// MessageBannerLevel: info, warning, error, success.
const levels: readonly Banner["level"][] = ["info", "warning", "error", "success"];

/** Banners, toasts and dialogs of the whole page. */
export function globalMessages(): object {
  let dialog: number | undefined;
  return {
    addBanner: (options: BannerOptions) =>
      showBanner({
        level: levels[options.level ?? 0] ?? "info",
        text: textOf(options),
        dismissable: options.dismissable ?? true,
        buttons: (options.buttons ?? []).map(({ text = "", href }) => ({ text, href })),
      }),
    closeBanner: () => showBanner(undefined),
    addToast: (toast: ToastOptions) => {
      const { message, duration, callToAction, onCallToActionClick, forceOverrideExisting } = toast;
      const action = callToAction && {
        text: callToAction,
        onClick: () => void onCallToActionClick?.(),
      };
      showToast(
        { message, durationMs: duration, ...(action ? { action } : {}) },
        forceOverrideExisting ?? false,
      );
    },
    addDialog: ({ contributionId, title, message = "", ...options }: DialogOptions) => {
      const onClose = () => void options.onDismiss?.();
      dialog = openLayer(
        contributionId === undefined
          ? { kind: "message", title, message, showCancel: false, onClose }
          : {
              kind: "dialog",
              title,
              contributionId,
              configuration: options.contributionConfiguration ?? {},
              lightDismiss: true,
              onClose,
            },
      );
    },
    closeDialog: () => {
      if (dialog !== undefined) closeLayer(dialog);
    },
  };
}

// `{0}` and so on stand for the links' names.
function textOf({ message = "", messageFormat, messageLinks = [] }: BannerOptions): string {
  return (
    messageFormat?.replaceAll(/\{(\d+)\}/g, (all, index: string) => {
      const link = messageLinks[Number(index)];
      return link?.name ?? all;
    }) ?? message
  );
}
