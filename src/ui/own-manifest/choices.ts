import { ROADS } from "../../simulator/traffic.ts";
import { make } from "../elements.ts";
import type { OwnWords } from "./words.ts";

/** How an update is to be checked. */
export interface Chosen {
  /** Undefined: by what the manifests have. */
  readonly road: string | undefined;
  readonly rps: number;
  readonly seeds: number;
}

const RPS_MAX = 1000;
const SEEDS = [20, 50, 200];

/** Road, load and number of runs, to choose from. */
export class Choices {
  readonly dom: HTMLElement;
  private readonly road: HTMLSelectElement;
  private readonly rps: HTMLInputElement;
  private readonly seeds: HTMLSelectElement;

  constructor(words: OwnWords, changed: () => void) {
    this.road = make(
      "select",
      { onchange: changed },
      new Option(words.anyRoad, ""),
      ...ROADS.map((road) => new Option(road, road)),
    );
    this.rps = make("input", {
      type: "number",
      min: 1,
      max: RPS_MAX,
      value: 50,
      onchange: changed,
    });
    this.seeds = make(
      "select",
      { onchange: changed },
      ...SEEDS.map((seeds, i) => new Option(String(seeds), String(seeds), i === 0, i === 0)),
    );
    this.dom = make(
      "div",
      { class: "rl-choices" },
      make("label", {}, words.road, this.road),
      make("label", {}, words.rps, this.rps),
      make("label", {}, words.seeds, this.seeds),
    );
  }

  /** What is chosen; undefined where the load is no number that can be played. */
  get chosen(): Chosen | undefined {
    const rps = Number(this.rps.value);
    if (!Number.isInteger(rps) || rps < 1 || rps > RPS_MAX) return undefined;
    return { road: this.road.value || undefined, rps, seeds: Number(this.seeds.value) };
  }

  focusLoad(): void {
    this.rps.focus();
  }
}
