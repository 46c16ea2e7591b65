import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import { Section } from "../components/section.tsx";
import type { CommitView } from "../view/environment-view.ts";

/** The newest commits of an environment, and what its connector said of each. */
export function Commits({ commits }: { readonly commits: readonly CommitView[] }) {
  return (
    <Section title="Latest commits">
      <table className="fg-table fg-commits">
        <thead>
          <tr>
            <th scope="col">Commit</th>
            <th scope="col">Change</th>
            <th scope="col">By</th>
            <th scope="col">When</th>
            <th scope="col">In the clusters</th>
          </tr>
        </thead>
        <tbody>
          {commits.map(({ commit, title, pullRequest, by, age, tone, verdict }) => (
            <tr key={commit.url}>
              <th scope="row" className="fg-code">
                <HostLink url={commit.url}>{commit.text}</HostLink>
              </th>
              <td>
                {title}{" "}
                {pullRequest && <HostLink url={pullRequest.url}>{pullRequest.text}</HostLink>}
              </td>
              <td>{by}</td>
              <td>{age}</td>
              <td>
                <Mark tone={tone}>{verdict}</Mark>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
