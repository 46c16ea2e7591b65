import * as React from "react";

/** A labelled text of one line. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  /** Characters, default 200. */
  readonly longest?: number;
  /** For an id, which is seen whole. */
  readonly isWide?: boolean;
  readonly onChange: (value: string) => void;
}) {
  const { label, value, placeholder, longest = 200, isWide = false, onChange } = props;
  return (
    <label className={isWide ? "fg-field fg-field-wide" : "fg-field"}>
      <span>{label}</span>
      <input
        type="text"
        value={value}
        placeholder={placeholder}
        maxLength={longest}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  );
}
