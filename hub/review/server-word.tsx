import * as React from "react";
import type { SeenServer } from "../data/beside/questions.ts";
import type { Live } from "../data/use-live.ts";
import { plainError } from "../view/plain-error.ts";

/** Whether the API server's own code was asked about what is shown, and what that came to. */
export function ServerWord(props: {
  readonly of: Live<SeenServer | undefined>;
  /** Of what is over nothing is asked any more. */
  readonly isAsked: boolean;
}) {
  const { of, isAsked } = props;
  const sentence = isAsked ? sentenceOf(of) : of.value?.sentence;
  if (sentence === undefined) return null;
  return (
    <p className="fg-secondary" role="status">
      {sentence}
    </p>
  );
}

function sentenceOf({ value, error }: Live<SeenServer | undefined>): string | undefined {
  if (value !== undefined) return value.sentence;
  if (error === undefined) return "Asking the API server's own code what it would refuse …";
  return `The API server's own code was not asked what it would refuse: ${plainError(error)}`;
}
