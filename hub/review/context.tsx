import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import { Section } from "../components/section.tsx";
import type { ContextDetail, ContextLine } from "../view/context/context-line.ts";

/** What to know beside the change: elsewhere, the target, the code, validation, the way back. */
export function Context({ lines }: { readonly lines: readonly ContextLine[] }) {
  if (lines.length === 0) return null;
  return (
    <Section title="Before you decide">
      <dl className="fg-context">
        {lines.map(({ label, tone, text, more }) => (
          <React.Fragment key={label}>
            <dt>{label}</dt>
            <dd>
              <Mark tone={tone}>{text}</Mark>
              {more.length > 0 && <More details={more} about={label} />}
            </dd>
          </React.Fragment>
        ))}
      </dl>
    </Section>
  );
}

function More(props: { readonly details: readonly ContextDetail[]; readonly about: string }) {
  return (
    <details>
      <summary>
        Details<span className="fg-hidden"> of {props.about}</span>
      </summary>
      <ul className="fg-plain-list">
        {props.details.map(({ link, text }, index) => (
          <li key={index}>
            {link !== undefined && (
              <>
                <HostLink url={link.url}>{link.text}</HostLink>{" "}
              </>
            )}
            {text}
          </li>
        ))}
      </ul>
    </details>
  );
}
