import * as React from "react";

/** A labelled text of one line. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, onChange } = props;
  return (
    <label className="fg-field">
      <span>{label}</span>
      <input
        type="text"
        value={value}
        maxLength={200}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
