import * as React from "react";
import { render } from "react-dom";
import "azure-devops-ui/Core/override.css";
import "./styles/portal.scss";
import { PortalApp } from "./shell/portal-app.tsx";

render(<PortalApp />, document.getElementById("root"));
