// Dialogs and panels that extensions have opened, in the order of opening.
import * as React from "react";

type Content = {
  readonly contributionId: string;
  readonly configuration: object;
  readonly lightDismiss: boolean;
};
export type Layer = {
  readonly title: string | undefined;
  /** Called once, with what the content closed with. */
  readonly onClose: (result: unknown) => void;
} & (
  | {
      readonly kind: "message";
      readonly message: string;
      readonly showCancel: boolean;
      readonly okText?: string | undefined;
      readonly cancelText?: string | undefined;
    }
  | ({ readonly kind: "dialog" } & Content)
  | ({
      readonly kind: "panel";
      readonly description: string | undefined;
      readonly size: "small" | "medium" | "large";
    } & Content)
);
export type OpenLayer = Layer & { readonly id: number };

let layers: readonly OpenLayer[] = [];
let lastId = 0;
const listeners = new Set<(layers: readonly OpenLayer[]) => void>();

function change(next: readonly OpenLayer[]): void {
  layers = next;
  for (const listener of listeners) listener(layers);
}

/** @returns its number, to close it by. */
export function openLayer(layer: Layer): number {
  const id = (lastId += 1);
  change([...layers, { ...layer, id }]);
  return id;
}

export function closeLayer(id: number, result?: unknown): void {
  const layer = layers.find((one) => one.id === id);
  if (!layer) return;
  change(layers.filter((one) => one !== layer));
  layer.onClose(result);
}

export function useLayers(): readonly OpenLayer[] {
  const [shown, setShown] = React.useState(layers);
  React.useEffect(() => {
    listeners.add(setShown);
    setShown(layers);
    return () => void listeners.delete(setShown);
  }, []);
  return shown;
}
