import * as React from "react";

/** The initials of a person; the name itself stands beside it or is read aloud elsewhere. */
export function Avatar({ name, small = false }: { readonly name: string; small?: boolean }) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
  return (
    <span
      className={`portal-avatar portal-avatar-${toneOf(name)} ${small ? "portal-avatar-small" : ""}`}
      aria-hidden="true"
      title={name}
    >
      {initials}
    </span>
  );
}

/** Picture and name of a person. */
export function Person({ name }: { readonly name: string }) {
  return (
    <span className="portal-person">
      <Avatar name={name} small={true} />
      <span>{name}</span>
    </span>
  );
}

function toneOf(name: string): number {
  return [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5;
}
