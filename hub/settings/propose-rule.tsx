import * as React from "react";
import { Choice } from "../components/choice.tsx";
import { TextField } from "../components/text-field.tsx";
import type { Repository } from "../../core/azure-devops/types.ts";
import { refusalOf, type RuleList, type TeamRule } from "../../core/team-rules/team-rule.ts";
import { ChangeRule } from "./change-rule.tsx";

const lists = [
  ["noise", "Minor in reviews (noise)"],
  ["expected", "Expected between environments"],
] as const;
const fields = [
  ["path", "Field", "spec.replicas, metadata.annotations[*]"],
  ["kind", "Kind", "any"],
  ["namespace", "Namespace", "any"],
  ["name", "Name", "any"],
  ["reason", "Reason", "why nobody need look at it"],
] as const;
type Values = Readonly<Record<(typeof fields)[number][0], string>>;
const empty: Values = { path: "", kind: "", namespace: "", name: "", reason: "" };

/** A new rule, proposed by pull request: nothing here changes what others see. */
export function ProposeRule(props: { readonly repository: Repository; readonly branch: string }) {
  const { repository, branch } = props;
  const [list, setList] = React.useState<RuleList>("noise");
  const [values, setValues] = React.useState(empty);
  const rule = ruleOf(values);
  const refused = refusalOf(rule);
  const touched = Object.values(values).some((value) => value !== "");
  return (
    <details className="fg-propose">
      <summary>Propose a rule</summary>
      <div className="fg-filters">
        <Choice
          label="What it fits is"
          value={list}
          options={lists}
          onChange={(value) => setList(value === "expected" ? "expected" : "noise")}
        />
        {fields.map(([key, label, placeholder]) => (
          <TextField
            key={key}
            {...{ label, placeholder }}
            value={values[key]}
            longest={1000}
            onChange={(value) => setValues({ ...values, [key]: value })}
          />
        ))}
      </div>
      <p>
        <ChangeRule
          // What is proposed next is another rule.
          key={JSON.stringify([list, rule])}
          repository={repository}
          branch={branch}
          change={{ list, rule, change: "add" }}
          text="Open the pull request that adds it"
          disabled={refused !== undefined}
        />
      </p>
      {touched && refused !== undefined && (
        <p className="fg-secondary" role="status">
          The rule {refused}.
        </p>
      )}
    </details>
  );
}

function ruleOf(values: Values): TeamRule {
  const only = (key: "kind" | "namespace" | "name") =>
    values[key].trim() === "" ? {} : { [key]: values[key].trim() };
  return {
    ...only("kind"),
    ...only("namespace"),
    ...only("name"),
    path: values.path.trim(),
    reason: values.reason.trim(),
  };
}
