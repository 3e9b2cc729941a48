/** Paper is white: a page that is read in the dark theme prints in the light one. */
export function printInLight(): void {
  const root = document.documentElement;
  let theme: string | undefined;
  addEventListener("beforeprint", () => {
    theme = root.dataset["theme"];
    root.dataset["theme"] = "light";
  });
  addEventListener("afterprint", () => {
    if (theme !== undefined) root.dataset["theme"] = theme;
  });
}
