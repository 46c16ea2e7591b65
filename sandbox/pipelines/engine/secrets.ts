import type { Run } from "../run.ts";

/**
 * Makes a value and the forms in which the agent knows it again a secret of the run: trimmed,
 * without quotes, each line, base64, and escaped for JSON, for URLs, for shells and for logging
 * commands.
 */
export function addSecret(run: Run, value: string): void {
  if (value.trim() === "") return;
  const base64 = Buffer.from(value).toString("base64");
  const trimmed = value.trim();
  const lines = value.split(/\r?\n/);
  const forms = [
    value,
    trimmed,
    ...(lines.length > 1 ? lines.filter((line) => line.trim().length > 3) : []),
    /^(["']).+\1$/s.test(trimmed) ? trimmed.slice(1, -1) : "",
    base64,
    JSON.stringify(value).slice(1, -1),
    escapeUri(value),
    value.replace(/[\\"'$`]/g, "\\$&"),
    value.replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"),
    value.replaceAll("\r", "%0D").replaceAll("\n", "%0A"),
  ];
  for (const form of forms) if (form.trim() !== "") run.secrets.add(form);
}

/** A line as the log shows it; the longest secrets first, since one may hold another. */
export function masked(run: Run, line: string): string {
  let text = line;
  for (const secret of [...run.secrets].sort((a, b) => b.length - a.length)) {
    text = text.replaceAll(secret, "***");
  }
  // Credentials in an address, as in https://user:secret@host.
  return text.replace(/(?<=:\/\/[^:/?#\s]+:)[^@\s/]+(?=@)/g, "***");
}

function escapeUri(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return "";
  }
}
