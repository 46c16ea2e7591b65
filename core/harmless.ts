// Escape sequences of terminals (CSI, OSC and two-character ones), all other control characters but
// tab and line feed, and the characters that change the direction of text.
const escape = "\u001b";
const bell = "\u0007";
const sequences = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)?|[@-Z\\\\-_])`,
  "g",
);
const controls = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text of manifests, tools or git as a log may show it: the agent obeys what follows ##vso, a
 * terminal obeys escape sequences.
 */
export function harmless(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(sequences, "")
    .replace(controls, "\ufffd")
    .replaceAll(/##(?=(vso)?\[)/gi, "# #");
}
