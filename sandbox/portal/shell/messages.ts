// Banners on top of the page and toasts at its foot, from the portal itself and from extensions.
import * as React from "react";

export type Banner = {
  readonly level: "info" | "warning" | "error" | "success";
  readonly text: React.ReactNode;
  readonly dismissable: boolean;
  readonly buttons: readonly { readonly text: string; readonly href: string | undefined }[];
};

export type ToastMessage = {
  readonly message: string;
  readonly durationMs: number;
  readonly action?: { readonly text: string; readonly onClick: () => void };
};

type Messages = { readonly banner: Banner | undefined; readonly toasts: readonly ToastMessage[] };

let current: Messages = { banner: undefined, toasts: [] };
const listeners = new Set<(messages: Messages) => void>();

function change(next: Partial<Messages>): void {
  current = { ...current, ...next };
  for (const listener of listeners) listener(current);
}

export function showBanner(banner: Banner | undefined): void {
  change({ banner });
}

/** Queues a toast; with `first` it takes the place of the one that is shown. */
export function showToast(toast: ToastMessage, first = false): void {
  change({ toasts: first ? [toast] : [...current.toasts, toast] });
}

export function dropToast(toast: ToastMessage): void {
  change({ toasts: current.toasts.filter((one) => one !== toast) });
}

export function useMessages(): Messages {
  const [messages, setMessages] = React.useState(current);
  React.useEffect(() => {
    listeners.add(setMessages);
    setMessages(current);
    return () => void listeners.delete(setMessages);
  }, []);
  return messages;
}
