import * as React from "react";
import { start } from "../components/start.tsx";
import { AwaitsPage } from "./awaits-page.tsx";

start(() => <AwaitsPage />);
