// The title of a manifests pull request as a team wants it: `${environment}: ${change}`.

/** What may stand in a template. */
export const titleNames = ["delivery", "environment", "run", "change", "commit"] as const;
type TitleName = (typeof titleNames)[number];

/** A line of text; every `${…}` is one of the names. */
export const titlePattern = new RegExp(
  `^(?!.*\\$\\{(?!(${titleNames.join("|")})\\}))[^\\r\\n]*\\S[^\\r\\n]*$`,
);

/** Filled in once: what is put in is not looked into again. */
export function fillTitle(template: string, values: Readonly<Record<TitleName, string>>): string {
  const filled = template.replace(/\$\{(\w+)\}/g, (whole, name: string) =>
    (titleNames as readonly string[]).includes(name) ? values[name as TitleName] : whole,
  );
  return filled.replace(/\s+/g, " ").trim();
}
