import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { Failure } from "../components/note.tsx";
import { Problems } from "../components/problems.tsx";
import { Section } from "../components/section.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { loadManifest, loadManifestList, type ManifestFile } from "../data/load-manifests.ts";
import { useLive } from "../data/use-live.ts";
import type { Part } from "../view/apps-view.ts";
import { count } from "../../core/count.ts";

/** The manifests of an app as git has them; values of Secrets are masked. */
export function Manifests(props: { readonly environment: string; readonly part: Part }) {
  const { ado, project } = useHost();
  const { environment, part } = props;
  const key = JSON.stringify([project.id, environment, part]);
  const files = useLive(() => loadManifestList(ado, { project: project.id, environment, part }), {
    key,
  });
  const { files: value = [], unread = [] } = files.value ?? {};
  return (
    <Section title="Manifests in git">
      {files.error !== undefined && <Failure error={files.error} retry={files.refresh} />}
      {files.value === undefined && files.error === undefined && (
        <Skeleton label="Reading the manifests" rows={2} />
      )}
      <Problems of={unread} retry={files.refresh} />
      {files.value !== undefined && value.length === 0 && unread.length === 0 && (
        <p className="fg-secondary">The branch has no manifest of it.</p>
      )}
      {value.length > 0 && <p className="fg-secondary">{count(value.length, "file")}</p>}
      <ul>
        {value.map((file) => (
          <Manifest key={file.path} file={file} />
        ))}
      </ul>
    </Section>
  );
}

function Manifest({ file }: { readonly file: ManifestFile }) {
  const [open, setOpen] = React.useState(false);
  return (
    <li className="fg-workload">
      <div className="fg-workload-head">
        <button
          type="button"
          className="fg-fold"
          aria-expanded={open}
          aria-label={`${open ? "Close" : "Open"} ${file.path}`}
          onClick={() => setOpen(!open)}
        >
          {open ? "▾" : "▸"}
        </button>
        <HostLink url={file.url}>{file.path}</HostLink>
      </div>
      {open && <Text file={file} />}
    </li>
  );
}

function Text({ file }: { readonly file: ManifestFile }) {
  const { ado } = useHost();
  const text = useLive(() => loadManifest(ado, file), { key: JSON.stringify(file) });
  if (text.error !== undefined) return <Failure error={text.error} retry={text.refresh} />;
  if (text.value === undefined) return <Skeleton label="Reading the file" rows={2} />;
  return (
    <pre className="fg-lines" tabIndex={0} aria-label={file.path}>
      {text.value}
    </pre>
  );
}
