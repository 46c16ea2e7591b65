import type { Problem } from "../errors.ts";

// `key: #{NAME}#` and `- #{NAME}#`: what stands behind # is a comment to a YAML parser.
const asComment = /^\s*(?:-\s+)*(?:[\w./"'-]+:\s+)?(#\{[A-Za-z][\w.-]*\}#)\s*$/;

/**
 * Placeholders in YAML text that reading it would lose without a word, because an unquoted
 * `#{x}#` is a comment. Comment lines of their own are none.
 */
export function lostPlaceholders(text: string, file: string): readonly Problem[] {
  if (!text.includes("#{")) return [];
  return text.split("\n").flatMap((line, index) => {
    const token = asComment.exec(line)?.[1];
    if (token === undefined || line.trimStart().startsWith("#")) return [];
    const message = `${token} was not replaced, and is a comment to YAML: give it a value in a tokens step before this one`;
    return [{ file, line: index + 1, message }];
  });
}
