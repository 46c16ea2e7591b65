// What the queue does: one look at one thing. The names are those of the configuration.
export type Work =
  /** Of a wait, by the text of its key. */
  | { readonly look: "wait"; readonly wait: string }
  | { readonly look: "environment"; readonly environment: string }
  /** What another connector asks about the environment that it decides. */
  | { readonly look: "questions"; readonly environment: string }
  /** Letters on the runs' branches of a repository. */
  | { readonly look: "letters"; readonly repository: string }
  /** Builds in progress that may wait for a repository. */
  | { readonly look: "builds"; readonly repository: string }
  /** Freezes, and the pull requests that they hold back. */
  | { readonly look: "freezes"; readonly repository: string }
  /** Open pull requests of a repository that need somebody else's approval. */
  | { readonly look: "approvals"; readonly repository: string }
  /** A repository that is not open yet. */
  | { readonly look: "repository"; readonly repository: string };

/** Equal for equal work; also what people read in the log. */
export function workText(work: Work): string {
  switch (work.look) {
    case "wait":
      return `wait ${work.wait}`;
    case "environment":
    case "questions":
      return `${work.look} ${work.environment}`;
    case "letters":
    case "builds":
    case "freezes":
    case "approvals":
    case "repository":
      return `${work.look} ${work.repository}`;
  }
}
