/** Which published copy of the extension: anybody may publish one under ids of their own. */
export type Extension = { readonly publisher: string; readonly name: string };

/** How Azure DevOps addresses a contribution: `publisher.extension.contribution`. */
export function contributionId({ publisher, name }: Extension, contribution: string): string {
  return `${publisher}.${name}.${contribution}`;
}
