import { currentTheme, type ThemeName } from "./session.ts";

/** Variables by their name without the leading dashes, as the SDK's handshake carries them. */
export type ThemeData = Readonly<Record<string, string>>;

/** Sets the chosen theme's variables on an element: the page's root. */
export function applyTheme(element: HTMLElement): void {
  const theme = currentTheme();
  for (const [name, value] of Object.entries(themeData(theme))) {
    element.style.setProperty(`--${name}`, value);
  }
  for (const [name, value] of Object.entries(grounds[theme])) {
    element.style.setProperty(`--portal-${name}`, value);
  }
  element.style.colorScheme = theme === "light" ? "light" : "dark";
}

// The portal's own: grounds, lines and the sheets that lie on them.
const grounds: Readonly<Record<ThemeName, ThemeData>> = {
  light: {
    ground: "rgb(248, 248, 248)",
    side: "rgb(244, 244, 244)",
    sheet: "rgb(255, 255, 255)",
    hover: "rgba(0, 0, 0, 0.05)",
    line: "rgba(0, 0, 0, 0.1)",
    edge: "rgba(0, 0, 0, 0.5)",
    shadow: "0 1px 3px rgba(0, 0, 0, 0.08)",
    added: "rgb(223, 246, 221)",
    removed: "rgb(253, 231, 233)",
  },
  dark: {
    ground: "rgb(27, 26, 25)",
    side: "rgb(37, 36, 35)",
    sheet: "rgb(32, 31, 30)",
    hover: "rgba(255, 255, 255, 0.07)",
    line: "rgba(255, 255, 255, 0.12)",
    edge: "rgba(255, 255, 255, 0.5)",
    shadow: "0 1px 3px rgba(0, 0, 0, 0.4)",
    added: "rgb(24, 56, 24)",
    removed: "rgb(76, 28, 28)",
  },
  "high-contrast": {
    ground: "rgb(0, 0, 0)",
    side: "rgb(0, 0, 0)",
    sheet: "rgb(0, 0, 0)",
    hover: "rgb(45, 45, 45)",
    line: "rgb(255, 255, 255)",
    edge: "rgb(255, 255, 255)",
    shadow: "none",
    added: "rgb(0, 50, 0)",
    removed: "rgb(80, 0, 0)",
  },
};

/** All variables that azure-devops-ui's `_platformCommon.scss` reads. */
export function themeData(theme: ThemeName): ThemeData {
  const { ink, paper, greys, primary, ...own } = seeds[theme];
  // The grounds of buttons and the like are these alphas: stronger where contrast was asked for.
  const strength = theme === "high-contrast" ? 3 : 1;
  return {
    ...Object.fromEntries(greys.map(([step, grey]) => [`palette-neutral-${step}`, grey])),
    ...Object.fromEntries(
      [2, 4, 6, 8, 10, 20, 30, 60, 70, 80].map((step) => [
        `palette-black-alpha-${step}`,
        `rgba(${ink}, ${Math.min(1, (step * strength) / 100)})`,
      ]),
    ),
    ...Object.fromEntries(primarySteps.map((step) => [`palette-primary-${step}`, primary])),
    "palette-primary": primary,
    "palette-accent3-dark": "141, 123, 0",
    "background-color": `rgb(${paper})`,
    "text-primary-color": `rgba(${ink}, 0.9)`,
    "text-secondary-color": `rgba(${ink}, ${theme === "high-contrast" ? 0.9 : 0.65})`,
    "text-disabled-color": `rgba(${ink}, 0.38)`,
    "border-subtle-color": `rgba(${ink}, 0.08)`,
    "splitter-border-color": `rgba(${ink}, 0.2)`,
    "callout-background-color": `rgb(${paper})`,
    "callout-filtered-background-color": `rgba(${paper}, 0.86)`,
    "callout-shadow-color": "rgba(0, 0, 0, 0.13)",
    "callout-shadow-secondary-color": "rgba(0, 0, 0, 0.11)",
    "panel-shadow-color": "rgba(0, 0, 0, 0.22)",
    "panel-shadow-secondary-color": "rgba(0, 0, 0, 0.18)",
    "third-party-icon-filter": "none",
    ...own.variables,
  };
}

const primarySteps = [
  ...["shade-30", "shade-20", "shade-10", "tint-10", "tint-20", "tint-30", "tint-40"],
  ...["darkened-6", "darkened-10"],
];

type Greys = readonly (readonly [step: number, rgb: string])[];

const lightGreys: Greys = [
  [100, "0, 0, 0"],
  [80, "51, 51, 51"],
  [70, "76, 76, 76"],
  [60, "102, 102, 102"],
  [30, "166, 166, 166"],
  [20, "200, 200, 200"],
  [10, "218, 218, 218"],
  [8, "234, 234, 234"],
  [6, "239, 239, 239"],
  [4, "244, 244, 244"],
  [2, "248, 248, 248"],
  [0, "255, 255, 255"],
];

const darkGreys: Greys = [
  [100, "255, 255, 255"],
  [80, "221, 221, 221"],
  [70, "204, 204, 204"],
  [60, "187, 187, 187"],
  [30, "110, 110, 110"],
  [20, "76, 76, 76"],
  [10, "60, 60, 60"],
  [8, "51, 51, 51"],
  [6, "45, 45, 45"],
  [4, "40, 40, 40"],
  [2, "36, 36, 36"],
  [0, "32, 31, 30"],
];

const contrastGreys: Greys = darkGreys.map(([step]) => [
  step,
  step >= 20 ? "255, 255, 255" : "0, 0, 0",
]);

const darkVariables: ThemeData = {
  "communication-foreground": "rgb(71, 167, 255)",
  "communication-background": "rgb(0, 98, 173)",
  "text-on-communication-background": "rgb(255, 255, 255)",
  "focus-border-color": "rgb(71, 167, 255)",
  "status-info-foreground": "rgb(71, 167, 255)",
  "status-info-background": "rgb(0, 41, 71)",
  "status-error-foreground": "rgb(255, 125, 115)",
  "status-error-background": "rgb(68, 23, 20)",
  "status-error-text": "rgb(255, 150, 140)",
  "status-error-strong": "rgb(255, 150, 140)",
  "status-success-foreground": "rgb(108, 203, 95)",
  "status-success-background": "rgb(22, 51, 20)",
  "status-success-text": "rgb(130, 215, 120)",
  "status-warning-foreground": "rgb(255, 200, 80)",
  "status-warning-icon-foreground": "rgb(255, 200, 80)",
  "status-warning-background": "rgb(67, 53, 25)",
  "status-warning-text": "rgb(255, 210, 110)",
  "palette-error": "rgb(190, 45, 35)",
  "palette-error-6": "rgb(175, 40, 32)",
  "palette-error-10": "rgb(160, 36, 28)",
};

const seeds: Readonly<
  Record<
    ThemeName,
    {
      /** `r, g, b` of text. */
      readonly ink: string;
      /** `r, g, b` of the page. */
      readonly paper: string;
      readonly primary: string;
      readonly greys: Greys;
      readonly variables: ThemeData;
    }
  >
> = {
  light: {
    ink: "0, 0, 0",
    paper: "255, 255, 255",
    primary: "0, 90, 158",
    greys: lightGreys,
    variables: {
      "communication-foreground": "rgb(0, 90, 158)",
      "communication-background": "rgb(0, 103, 181)",
      "text-on-communication-background": "rgb(255, 255, 255)",
      "focus-border-color": "rgb(0, 103, 181)",
      "status-info-foreground": "rgb(0, 103, 181)",
      "status-info-background": "rgb(229, 241, 251)",
      "status-error-foreground": "rgb(190, 38, 28)",
      "status-error-background": "rgb(251, 233, 231)",
      "status-error-text": "rgb(160, 30, 22)",
      "status-error-strong": "rgb(190, 38, 28)",
      "status-success-foreground": "rgb(14, 110, 14)",
      "status-success-background": "rgb(231, 243, 231)",
      "status-success-text": "rgb(14, 100, 14)",
      "status-warning-foreground": "rgb(120, 85, 0)",
      "status-warning-icon-foreground": "rgb(180, 110, 0)",
      "status-warning-background": "rgb(255, 244, 206)",
      "status-warning-text": "rgb(110, 75, 0)",
      "palette-error": "rgb(190, 38, 28)",
      "palette-error-6": "rgb(175, 34, 25)",
      "palette-error-10": "rgb(160, 30, 22)",
    },
  },
  dark: {
    ink: "255, 255, 255",
    paper: "32, 31, 30",
    primary: "71, 167, 255",
    greys: darkGreys,
    variables: darkVariables,
  },
  "high-contrast": {
    ink: "255, 255, 255",
    paper: "0, 0, 0",
    primary: "116, 190, 255",
    greys: contrastGreys,
    variables: {
      ...darkVariables,
      "communication-foreground": "rgb(116, 190, 255)",
      "communication-background": "rgb(0, 80, 140)",
      "focus-border-color": "rgb(255, 255, 255)",
      "border-subtle-color": "rgb(255, 255, 255)",
      "status-info-background": "rgb(0, 0, 0)",
      "status-error-background": "rgb(0, 0, 0)",
      "status-success-background": "rgb(0, 0, 0)",
      "status-warning-background": "rgb(0, 0, 0)",
    },
  },
};
