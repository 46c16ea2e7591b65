import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import { Section } from "../components/section.tsx";
import type { EnvironmentView } from "../view/environment-view.ts";
import { Objects } from "./objects.tsx";

/** One environment from near. */
export function Environment(props: {
  readonly name: string;
  readonly view: EnvironmentView;
  readonly onBack: () => void;
}) {
  const { clusters, commits } = props.view;
  return (
    <>
      <div>
        <Button
          subtle={true}
          iconProps={{ iconName: "Back" }}
          text="All environments"
          onClick={props.onBack}
        />
      </div>
      <h1>{props.name}</h1>
      {clusters.length === 0 && (
        <p className="fg-nothing">
          No connector reports on this environment: what runs in its clusters is not known here.
        </p>
      )}
      {clusters.map(({ name, tone, text, objects }) => (
        <Section key={name} title={`Cluster ${name}`} aside={<Mark tone={tone}>{text}</Mark>}>
          <Objects objects={objects} />
        </Section>
      ))}
      {commits.length > 0 && (
        <Section title="Latest commits">
          <table className="fg-table">
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
              {commits.map(({ commit, title, by, age, tone, verdict }) => (
                <tr key={commit.url}>
                  <th scope="row" className="fg-code">
                    <HostLink url={commit.url}>{commit.text}</HostLink>
                  </th>
                  <td>{title}</td>
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
      )}
    </>
  );
}
