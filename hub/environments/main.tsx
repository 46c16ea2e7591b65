import * as React from "react";
import { start } from "../components/start.tsx";
import { EnvironmentsPage } from "./environments-page.tsx";

start(() => <EnvironmentsPage />);
