import * as React from "react";

/** `repository / folder / file`, each part leading to itself. */
export function PathCrumbs(props: {
  readonly repository: string;
  readonly path: string;
  readonly link: (path: string) => string;
}) {
  const parts = props.path.split("/").filter(Boolean);
  if (parts.length === 0) return <>{props.repository}</>;
  return (
    <span className="portal-path">
      <a href={props.link("/")}>{props.repository}</a>
      {parts.map((part, index) => {
        const path = `/${parts.slice(0, index + 1).join("/")}`;
        return (
          <React.Fragment key={path}>
            <span aria-hidden="true"> / </span>
            {index === parts.length - 1 ? part : <a href={props.link(path)}>{part}</a>}
          </React.Fragment>
        );
      })}
    </span>
  );
}
