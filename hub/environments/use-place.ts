import * as React from "react";
import { useHost } from "../components/host-context.tsx";

/** Which environment is open; it stands in the host's address, so that links survive. */
export function useOpenEnvironment(): {
  readonly environment: string | undefined;
  readonly open: (environment: string | undefined) => void;
} {
  const { navigation } = useHost();
  const [environment, setEnvironment] = React.useState<string>();
  React.useEffect(() => {
    let here = true;
    void navigation.query().then((query) => here && setEnvironment(query["environment"]));
    return () => {
      here = false;
    };
  }, [navigation]);
  const open = (next: string | undefined) => {
    setEnvironment(next);
    navigation.setQuery({ environment: next ?? "", commit: "" });
  };
  return { environment, open };
}
