// What source-controller leaves out of an artefact by itself (fluxcd/source-controller,
// sourceignore), as far as it may be YAML.
const folders = /(^|\/)(\.git|\.github|\.circleci)\//;
const files =
  /(^|\/)(\.travis\.yml|\.gitlab-ci\.yml|appveyor\.yml|\.drone\.yml|cloudbuild\.yaml|codeship-(services|steps)\.yml|\.goreleaser\.yml|\.sops\.yaml|\.flux\.yaml)$/;

/** Whether Flux never sees a file of a repository. */
export function isFluxIgnored(path: string): boolean {
  return folders.test(path) || files.test(path);
}
