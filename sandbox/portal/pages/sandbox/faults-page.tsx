import * as React from "react";
import { PageHead } from "../../components/page-head.tsx";

export function FaultsPage() {
  return <PageHead title="Faults" area="Sandbox" />;
}
