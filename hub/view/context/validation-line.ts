import type { Validation } from "../../data/load-validation.ts";
import { safeLink } from "../safe-link.ts";
import { type ContextLine, plainLine } from "./context-line.ts";

const tones = { passed: "good", failed: "bad", running: "running" } as const;
const words = { passed: "Passed", failed: "Failed", running: "Running" } as const;

/** What ValidateManifests found, and whether it judged what is there now. */
export function validationLine(
  validation: Validation,
  organisationUrl: string,
): Omit<ContextLine, "label"> {
  if (validation.state === "none") {
    return plainLine("plain", "Not validated: no run of ValidateManifests has judged it.");
  }
  const { state, text, url, isOld, findings } = validation;
  const said = text === "" ? "" : `: ${text}`;
  const run = safeLink(url, organisationUrl);
  return {
    tone: isOld ? "warning" : tones[state],
    text: `${words[state]}${said}${isOld ? ". It judged an earlier push: what is there now is not validated" : ""}.`,
    more: [
      ...findings.map((finding) => ({ text: finding })),
      ...(run === undefined ? [] : [{ link: { text: "The run", url: run }, text: "" }]),
    ],
  };
}
