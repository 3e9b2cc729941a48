import type { ITheme } from "@xterm/xterm";

/** The site's colours as the terminal wants them: of one element's present theme, in numbers. */
export function themeOf(element: HTMLElement): ITheme {
  const probe = element.appendChild(document.createElement("span"));
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const ink = colour("--rl-ink");
  const soft = colour("--rl-ink-soft");
  const accent = colour("--rl-accent");
  const failure = colour("--rl-failure-ink");
  const good = colour("--rl-good");
  const theme: ITheme = {
    background: colour("--rl-surface-2"),
    foreground: ink,
    cursor: accent,
    cursorAccent: colour("--rl-on-accent"),
    selectionBackground: colour("--rl-accent-soft"),
    selectionInactiveBackground: colour("--rl-surface-3"),
    scrollbarSliderBackground: colour("--rl-line"),
    scrollbarSliderHoverBackground: soft,
    scrollbarSliderActiveBackground: soft,
    black: ink,
    red: failure,
    green: good,
    yellow: colour("--rl-v2-ink"),
    blue: accent,
    magenta: accent,
    cyan: accent,
    white: soft,
  };
  probe.remove();
  return theme;
}

/** Calls back when the page's theme changes; gives what ends that. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
