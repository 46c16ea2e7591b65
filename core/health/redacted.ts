// What programs print may hold what nobody else should read. This takes out what looks like it; it
// cannot know every form, so lines are only shown where an environment's configuration opted in.
const mask = "***";

const forms: readonly (readonly [RegExp, string])[] = [
  // Tokens by their own form: JWT, keys of clouds and forges.
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, mask],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA)[\w-]{10,}/g, mask],
  // scheme://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${mask}@`],
  [/\b(bearer|basic)\s+[\w+/=.~-]{8,}/gi, `$1 ${mask}`],
  // password=…, "apiKey": "…", SharedAccessKey=…;
  [
    /([\w-]*(?:passw(?:or)?d|pwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|credential|authorization|signature|private[_-]?key|\bsig)[\w-]*["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&"']+)/gi,
    `$1${mask}`,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----.*/g, mask],
  // Long random text of any kind; hashes of images and commits are shown.
  [
    /(?<!sha\d{1,3}:)\b(?=[\w+/]*\d)(?=[\w+/]*[A-Z])(?=[\w+/]*[a-z])[A-Za-z0-9+/]{32,}={0,2}/g,
    mask,
  ],
];

/** A line without what looks like a password, token or key. */
export function redacted(line: string): string {
  return forms.reduce((text, [form, by]) => text.replaceAll(form, by), line);
}
