import * as React from "react";
import { start } from "../components/start.tsx";
import { SettingsPage } from "./settings-page.tsx";

start(() => <SettingsPage />);
