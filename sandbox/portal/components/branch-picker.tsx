import * as React from "react";

/** Chooses one of the branches; its own element, as forms have it. */
export function BranchPicker(props: {
  readonly label: string;
  readonly branches: readonly string[];
  readonly value: string;
  readonly onChange: (branch: string) => void;
}) {
  const { label, branches, value, onChange } = props;
  const all = branches.includes(value) ? branches : [value, ...branches];
  return (
    <label className="portal-branch">
      <span className="portal-branch-label">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {all.map((branch) => (
          <option key={branch}>{branch}</option>
        ))}
      </select>
    </label>
  );
}
