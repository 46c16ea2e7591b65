import * as React from "react";
import { Checkbox } from "azure-devops-ui/Checkbox";
import { TextField, TextFieldWidth } from "azure-devops-ui/TextField";
import type { PipelineParameter } from "./pipeline-parameters.ts";

/** One parameter in the form that its type asks for. */
export function ParameterField(props: {
  readonly parameter: PipelineParameter;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { parameter, value, onChange } = props;
  const { label, type, values } = parameter;
  if (values.length > 0) {
    return (
      <label className="portal-branch">
        <span className="portal-branch-label">{label}</span>
        <select value={value} onChange={(event) => onChange(event.target.value)}>
          {values.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
    );
  }
  if (type === "boolean") {
    return (
      <Checkbox
        label={label}
        checked={value.toLowerCase() === "true"}
        onChange={(_event, checked) => onChange(String(checked))}
      />
    );
  }
  return (
    <TextField
      label={label}
      multiline={type !== "string" && type !== "number"}
      width={TextFieldWidth.auto}
      value={value}
      onChange={(_event, next) => onChange(next)}
    />
  );
}
