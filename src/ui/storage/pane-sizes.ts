import type { TextStorage } from "./progress.ts";

/** A pane whose size the reader sets: its custom property on the root element, the property's unit, and the sizes that it may have. */
export interface Pane {
  readonly property: string;
  readonly unit: "" | "rem";
  readonly min: number;
  readonly max: number;
}

/** `split`: the first column's share of the width in percent. */
export const PANES = {
  split: { property: "--rl-split", unit: "", min: 25, max: 70 },
  editor: { property: "--rl-editor-height", unit: "rem", min: 12, max: 80 },
  terminal: { property: "--rl-terminal-height", unit: "rem", min: 10, max: 60 },
} as const satisfies Readonly<Record<string, Pane>>;

export type PaneName = keyof typeof PANES;
export type PaneSizes = Readonly<Partial<Record<PaneName, number>>>;

const KEY = "rollout-lab/panes";

/** The sizes that were saved; what is damaged or out of bounds is left out. Never throws. */
export function readPaneSizes(openStorage: () => TextStorage): PaneSizes {
  try {
    const saved: unknown = JSON.parse(openStorage().getItem(KEY) ?? "{}");
    const sizes = Object.entries(PANES).flatMap(([name, { min, max }]) => {
      const size = (saved as Record<string, unknown> | null)?.[name];
      return typeof size === "number" && size >= min && size <= max ? [[name, size]] : [];
    });
    return Object.fromEntries(sizes) as PaneSizes;
  } catch {
    return {};
  }
}

/** Saves sizes; where the browser's storage does not work, they last as long as the page. Never throws. */
export function savePaneSizes(openStorage: () => TextStorage, sizes: PaneSizes): void {
  try {
    openStorage().setItem(KEY, JSON.stringify(sizes));
  } catch {
    // Nothing depends on it, so that nobody needs to be told.
  }
}

/** A script for the page's beginning: sets the saved sizes before anything is drawn, so that nothing moves when the workbench comes. */
export function earlyPaneScript(): string {
  return `try{const s=JSON.parse(localStorage.getItem(${JSON.stringify(KEY)}));for(const[n,p]of Object.entries(${JSON.stringify(PANES)}))if(s[n]>=p.min&&s[n]<=p.max)document.documentElement.style.setProperty(p.property,Number(s[n])+p.unit)}catch{}`;
}
