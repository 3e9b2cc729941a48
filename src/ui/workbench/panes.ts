import type { InBoth, Language } from "../../words/language.ts";
import { make } from "../elements.ts";
import {
  PANES,
  readPaneSizes,
  savePaneSizes,
  type PaneName,
  type PaneSizes,
} from "../storage/pane-sizes.ts";

interface PaneWords {
  readonly names: Readonly<Record<PaneName, string>>;
  readonly how: string;
}

const PANE_WORDS: InBoth<PaneWords> = {
  en: {
    names: {
      split: "Width of the left column",
      editor: "Height of the editor",
      terminal: "Height of the terminal",
    },
    how: "Drag it, or move it with the arrow keys. Double click or Enter: the usual size.",
  },
  ko: {
    names: { split: "왼쪽 열 너비", editor: "편집기 높이", terminal: "터미널 높이" },
    how: "끌거나 화살표 키로 옮깁니다. 두 번 클릭하거나 Enter를 누르면 원래 크기로 돌아갑니다.",
  },
};

/** Steps of the arrow keys, in the pane's own unit. */
const STEP = 2;

const storage = () => window.localStorage;

/** What a separator moves. */
interface Moved {
  /** The pane whose size it sets. */
  readonly pane: () => HTMLElement | null;
  /** Pixels that one unit of its size is. */
  readonly unitPx: () => number;
}

/**
 * The separator beside a pane that can be moved by pointer and keyboard (ARIA's window splitter). The size is a custom property of the root
 * element, so that it holds for what stands there before the script has come as well.
 */
function separator(name: PaneName, lang: Language, { pane, unitPx }: Moved): HTMLElement {
  const { property, unit, min, max } = PANES[name];
  const words = PANE_WORDS[lang];
  const isColumn = name === "split";
  const root = document.documentElement;
  const sizeNow = () => {
    const box = pane()?.getBoundingClientRect();
    return ((isColumn ? box?.width : box?.height) ?? 0) / unitPx();
  };
  const tell = (size: number) => dom.setAttribute("aria-valuenow", String(Math.round(size)));
  const set = (size: number | undefined) => {
    if (size === undefined) root.style.removeProperty(property);
    else root.style.setProperty(property, `${limited(size)}${unit}`);
    tell(size === undefined ? sizeNow() : limited(size));
  };
  const limited = (size: number) => Math.round(Math.min(max, Math.max(min, size)) * 10) / 10;
  const save = () => {
    const own = Number.parseFloat(root.style.getPropertyValue(property));
    const { [name]: _, ...others } = readPaneSizes(storage);
    const sizes: PaneSizes = Number.isNaN(own) ? others : { ...others, [name]: own };
    savePaneSizes(storage, sizes);
  };
  const setAndSave = (size: number | undefined) => {
    set(size);
    save();
  };
  const [less, more] = isColumn ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  const sizeByKey: Readonly<Record<string, () => number | undefined>> = {
    [less!]: () => sizeNow() - STEP,
    [more!]: () => sizeNow() + STEP,
    Home: () => min,
    End: () => max,
    Enter: () => undefined,
  };
  const onkeydown = (event: Event) => {
    const { key } = event as KeyboardEvent;
    if (!Object.hasOwn(sizeByKey, key)) return;
    event.preventDefault();
    setAndSave(sizeByKey[key]!());
  };
  let drag: { readonly from: number; readonly size: number } | undefined;
  const at = (event: Event) => (event as PointerEvent)[isColumn ? "clientX" : "clientY"];
  const onpointerdown = (event: Event) => {
    if ((event as PointerEvent).button !== 0) return;
    dom.setPointerCapture((event as PointerEvent).pointerId);
    drag = { from: at(event), size: sizeNow() };
  };
  const onpointermove = (event: Event) => {
    if (drag !== undefined) set(drag.size + (at(event) - drag.from) / unitPx());
  };
  const onlostpointercapture = () => {
    if (drag !== undefined) save();
    drag = undefined;
  };
  const dom = make("div", {
    role: "separator",
    class: `rl-separator ${isColumn ? "column" : "row"}`,
    tabindex: 0,
    title: words.how,
    "aria-label": words.names[name],
    "aria-orientation": isColumn ? "vertical" : "horizontal",
    "aria-valuemin": min,
    "aria-valuemax": max,
    onkeydown,
    onpointerdown,
    onpointermove,
    onlostpointercapture,
    onfocus: () => tell(sizeNow()),
    ondblclick: () => setAndSave(undefined),
  });
  tell(readPaneSizes(storage)[name] ?? USUAL[name]);
  return dom;
}

/** What the sheets say where nothing was set; of the editor, whose height follows its text, the most. */
const USUAL: Readonly<Record<PaneName, number>> = { split: 44, editor: 43, terminal: 19 };

/** Gap of the columns in the sheet. */
const GAP_REM = 2.5;

function remPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/** Between the two columns of a workbench. */
export function columnSeparator(bench: HTMLElement, lang: Language): HTMLElement {
  return separator("split", lang, {
    pane: () => bench.querySelector<HTMLElement>(".rl-bench-side"),
    unitPx: () => (bench.getBoundingClientRect().width - GAP_REM * remPx()) / 100,
  });
}

/**
 * An editor, of whose tabs one shows, with the separator below it. To the keyboard the separator comes before it, so that Tab leads from the
 * text to the buttons.
 */
export function resizableEditor(editor: HTMLElement, lang: Language): HTMLElement {
  const shown = () =>
    [...editor.querySelectorAll<HTMLElement>(".cm-editor")].find((one) => one.offsetHeight > 0);
  const below = separator("editor", lang, { pane: () => shown() ?? null, unitPx: remPx });
  return make("div", { class: "rl-pane" }, below, editor);
}

/** Below the terminal's screen. */
export function terminalSeparator(screen: HTMLElement, lang: Language): HTMLElement {
  return separator("terminal", lang, { pane: () => screen, unitPx: remPx });
}
