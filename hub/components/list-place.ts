import * as React from "react";
import type { PlaceInAddress, PlaceValues } from "./use-place.ts";

type ListPlace = Pick<PlaceInAddress, "values" | "change">;

const Context = React.createContext<ListPlace | undefined>(undefined);

/** Around a list of objects that is alone on its page: its filter and object stand in the address. */
export const ListPlaceProvider = Context.Provider;

/** What of a list is shown, in the address, or by itself where several lists stand on a page. */
export function useListPlace(): ListPlace {
  const place = React.useContext(Context);
  const [values, setValues] = React.useState<PlaceValues>({});
  const change = React.useCallback(
    (some: PlaceValues) => setValues((now) => ({ ...now, ...some })),
    [],
  );
  return place ?? { values, change };
}
