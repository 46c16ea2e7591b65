import * as React from "react";
import { Button, type IButtonProps } from "azure-devops-ui/Button";

/** A button that says why it cannot be used, before it is pressed. */
export function ActionButton({
  refusal,
  ...button
}: IButtonProps & { readonly refusal?: string | undefined }) {
  if (refusal === undefined) return <Button {...button} />;
  return (
    <Button
      {...button}
      disabled={true}
      ariaLabel={`${button.ariaLabel ?? button.text ?? ""}: ${refusal}`}
      tooltipProps={{ text: refusal }}
    />
  );
}

/** The same for the page: what the person who looks may not do here, in one line. */
export function Refusals({ reasons }: { readonly reasons: readonly (string | undefined)[] }) {
  const said = [...new Set(reasons.filter((reason) => reason !== undefined))];
  if (said.length === 0) return null;
  return (
    <p className="portal-refusals">
      <span aria-hidden="true" className="portal-lock" />
      {said.join(" ")}
    </p>
  );
}
