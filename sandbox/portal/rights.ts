// What the person who looks may do: asked of the service, so that it is said before the click.
import * as React from "react";
import { list } from "./rest.ts";

export type Rights = {
  /** Push, complete pull requests, make branches. */
  readonly contribute: boolean;
  /** Open, comment and vote on pull requests. */
  readonly pullRequests: boolean;
  /** Run, cancel and retry pipelines. */
  readonly builds: boolean;
};

const git = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";
const build = "33344d9c-fc72-4d6f-aba5-fa317101a7e9";

async function may(namespace: string, permission: number, token: string): Promise<boolean> {
  const query = `tokens=${encodeURIComponent(token)}&alwaysAllowAdministrators=false`;
  const [allowed] = await list<boolean>(`_apis/permissions/${namespace}/${permission}?${query}`);
  return allowed ?? false;
}

/** Undefined until it is known. */
export function useRights(project: string): Rights | undefined {
  const [rights, setRights] = React.useState<Rights>();
  React.useEffect(() => {
    let open = true;
    Promise.all([
      may(git, 4, `repoV2/${project}`),
      may(git, 16384, `repoV2/${project}`),
      may(build, 128, project),
    ]).then(
      ([contribute, pullRequests, builds]) =>
        open && setRights({ contribute, pullRequests, builds }),
      // The click itself then tells.
      () => open && setRights({ contribute: true, pullRequests: true, builds: true }),
    );
    return () => {
      open = false;
    };
  }, [project]);
  return rights;
}

const needs: Readonly<Record<keyof Rights, string>> = {
  contribute: "You need the permission Contribute to change this repository.",
  pullRequests: "You need the permission Contribute to pull requests.",
  builds: "You need the permission Queue builds to run, cancel or retry pipelines.",
};

/** Why not, in a sentence; undefined when it is allowed or not known yet. */
export function refusalOf(rights: Rights | undefined, right: keyof Rights): string | undefined {
  return rights === undefined || rights[right] ? undefined : needs[right];
}
