import { imageAddress } from "./registry-address.ts";

// The grammar of names in https://github.com/distribution/reference, without tag and digest.
const host =
  "(localhost|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(?=:)|\\[[0-9A-Fa-f:]+\\])(:[0-9]+)?";
const part = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";

/** What registries and clusters take as an image's name. */
export const imageNamePattern = `^(${host}/)?${part}(/${part})*$`;

/** Hosts that are all Docker Hub: its older name, which clients replace, and that of its API. */
const dockerHub = /^((index|registry-1)\.)?docker\.io\//i;

/** One spelling of the names that mean one image: `nginx` is `docker.io/library/nginx`. */
export function fullImageName(name: string): string {
  const { host, repository } = imageAddress(name.replace(dockerHub, "docker.io/"));
  return `${host.toLowerCase()}/${repository}`;
}
