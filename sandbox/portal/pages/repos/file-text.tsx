import * as React from "react";
import { Card } from "../../components/card.tsx";

/** The lines of a file with their numbers. */
export function FileText({ path, text }: { readonly path: string; readonly text: string }) {
  if (text.includes("\0")) {
    return (
      <Card>
        <p className="portal-empty">A binary file: not shown.</p>
      </Card>
    );
  }
  const lines = text.replace(/\n$/, "").split("\n");
  return (
    <Card flush={true}>
      <div className="portal-diff" role="region" aria-label={`Content of ${path}`} tabIndex={0}>
        <table>
          <tbody>
            {lines.map((line, index) => (
              <tr key={index} className="portal-line">
                <td className="portal-number">{index + 1}</td>
                <td className="portal-code">{line}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
