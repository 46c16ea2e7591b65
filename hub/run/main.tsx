import * as React from "react";
import { start } from "../components/start.tsx";
import { RunPage } from "./run-page.tsx";

start(() => <RunPage />);
