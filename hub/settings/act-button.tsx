import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Failure } from "../components/note.tsx";

/** A button that does something once however often it is pressed meanwhile, then tells. */
export function ActButton(props: {
  readonly text: string;
  readonly act: () => Promise<void>;
  /** Looks again: also where it failed, since something may have been done. */
  readonly done: () => void;
}) {
  const { text, act, done } = props;
  const [state, setState] = React.useState<"idle" | "acting" | { readonly error: unknown }>("idle");
  const press = () => {
    if (state === "acting") return;
    setState("acting");
    act()
      .then(
        () => setState("idle"),
        (error: unknown) => setState({ error }),
      )
      .finally(done);
  };
  return (
    <>
      <Button text={state === "acting" ? "Asking Azure DevOps …" : text} onClick={press} />
      {typeof state === "object" && <Failure error={state.error} />}
    </>
  );
}
