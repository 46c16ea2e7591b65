import * as React from "react";
import { Nothing } from "../components/nothing.tsx";
import { PageHead } from "../components/page-head.tsx";
import type { PageProps } from "../pages/page-props.ts";
import { ContributedFrame } from "./contributed-frame.tsx";
import { contributionById } from "./contributions.ts";

/** A page of the extension that fills the whole place. */
export function HubPage({ id, project, manifest }: PageProps & { readonly id: string }) {
  const contribution = contributionById(manifest, id);
  const name = contribution?.name ?? "Extension";
  React.useEffect(() => {
    document.title = `${name} - ${project}`;
  }, [name, project]);
  return contribution ? (
    <ContributedFrame contribution={contribution} project={project} configuration={{}} />
  ) : (
    <>
      <PageHead title="Extension" area="Fluxgate sandbox" />
      <Nothing title={`The extension has no page ${id}`}>Build it with: npm run build</Nothing>
    </>
  );
}
