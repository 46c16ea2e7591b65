import type { Identity } from "../../manifests/identity.ts";

/** Rules under which the API server's own code speaks: an update it refuses, or the object itself. */
export type ServerRule = "immutable-field" | "refused-value";

/** What the API server would refuse of one object's change, and would not have refused before. */
export type Refusal = {
  readonly rule: ServerRule;
  readonly identity: Identity;
  /** Its own words, values of Secrets masked: `spec.selector: field is immutable`. */
  readonly texts: readonly string[];
  /** Flux is told to delete what cannot be changed, and to make it anew. */
  readonly isForced: boolean;
};

/** What the API server's own code says to a comparison. */
export type ServerWord =
  /** Nothing changes that it could judge. */
  | { readonly kind: "nothing"; readonly notAsked: readonly string[] }
  | {
      readonly kind: "said";
      /** Whose rules these are: 36 for 1.36. */
      readonly minor: number;
      /** So many objects were judged. */
      readonly judged: number;
      readonly refusals: readonly Refusal[];
      /** Changed objects that it did not judge, and why. */
      readonly notAsked: readonly string[];
    }
  | { readonly kind: "unasked"; readonly why: string };

/** What a risk, or a problem of a merge, says in the API server's words. */
export function refusalText({
  rule,
  texts,
  isForced,
}: Pick<Refusal, "rule" | "texts" | "isForced">): string {
  const end =
    isForced && rule === "immutable-field" ? "; Flux deletes and recreates the object" : "";
  return `the API server would refuse this: ${texts.map(inShort).join("; ")}${end}`;
}

/** Without what it prints of the object itself, which the edits show: a whole pod, lines of a diff. */
function inShort(text: string): string {
  const said = text.replace(/\n@@ [\s\S]*$/, "").trimEnd();
  return said.replace(/Invalid value: ([{[])[\s\S]{200,}([}\]]): /, "Invalid value $1…$2: ");
}

/** What a verdict has to say of the word beside what it rests on; undefined where it judged all. */
export function serverGap(word: ServerWord): string | undefined {
  if (word.kind === "unasked") return "the API server's own code was not asked";
  if (word.notAsked.length === 0) return undefined;
  return "the API server's own code did not judge all of it";
}

/** The word in one sentence, for a page or a terminal; undefined where nobody need be told. */
export function serverSentence(word: ServerWord): string | undefined {
  const left = word.kind === "unasked" || word.notAsked.length === 0 ? "" : notAsked(word.notAsked);
  switch (word.kind) {
    case "nothing":
      return left === "" ? undefined : `The API server's own code was not asked.${left}`;
    case "unasked":
      return `The API server's own code was not asked what it would refuse: ${word.why}.`;
    case "said": {
      const { minor, judged, refusals } = word;
      const who = `The API server's own code (Kubernetes 1.${minor})`;
      if (judged === 0) return `${who} could judge none of this.${left}`;
      const refused = new Set(refusals.map(({ identity }) => identity)).size;
      const of = `${judged} ${judged === 1 ? "object" : "objects"}`;
      const says =
        refused === 0
          ? `refuses nothing new in ${of}`
          : `would refuse ${refused} of ${of}, as the risks say`;
      return `${who} ${says}; webhooks, policies, quotas and what lies in the cluster it does not know.${left}`;
    }
  }
}

function notAsked(reasons: readonly string[]): string {
  return ` Not judged: ${reasons.join("; ")}.`;
}
