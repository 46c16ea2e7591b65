import * as React from "react";

/** A labelled list to choose one of. */
export function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly onChange: (value: string) => void;
}) {
  const { label, value, options, onChange } = props;
  const known = options.some(([one]) => one === value);
  return (
    <label className="fg-field">
      <span>{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {!known && (
          <option value={value}>{value === "" ? "Choose" : `${value} (not among these)`}</option>
        )}
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A labelled text to look for. */
export function SearchField(props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, placeholder, onChange } = props;
  return (
    <label className="fg-field">
      <span>{label}</span>
      <input
        type="search"
        value={value}
        placeholder={placeholder}
        maxLength={200}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={({ key, currentTarget }) => key === "Escape" && currentTarget.blur()}
      />
    </label>
  );
}
