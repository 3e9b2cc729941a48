import type { Scenario } from "../../simulator/scenario.ts";
import type { InBoth, Language } from "../../words/language.ts";

/** What a knob can stand at. */
export type KnobValue = number | string | boolean;

/** The knobs' values by their ids. */
export type KnobValues = Readonly<Record<string, KnobValue>>;

/** One thing that a reader can change; `knobs.ts` makes them. */
export interface Knob<V extends KnobValue = KnobValue> {
  /** `slider`: over the stops; `choice`: one of a few, side by side; `switch`: off and on, the first and the second of two stops. */
  readonly kind: "slider" | "choice" | "switch";
  readonly label: InBoth<string>;
  readonly stops: readonly V[];
  readonly initial: V;
  /** A stop in words: `5 s`, `as kube-proxy does`. */
  readonly say: (value: V, lang: Language) => string;
}

/** What of a run is drawn, where it is not all of it. */
export interface FigureView {
  /** Only pods of these workloads have lanes: `deployment/green`. */
  readonly workloads?: readonly string[];
  /** false: no strip of requests, and no marks of those that failed. */
  readonly requests?: boolean;
  /** false: no lines of routers above the lanes, where a figure is not about traffic. */
  readonly routers?: boolean;
  /** The interval shown at first, in seconds of virtual time. By default the rollouts with a margin. */
  readonly window?: { readonly from: number; readonly to: number };
}

/** What is said of the run above the picture. */
export type Measure = "requests" | "rollout" | "restarts";

/** A picture that is a run, with knobs that replay it. */
export interface Figure {
  readonly knobs: Readonly<Record<string, Knob>>;
  /** The scenario that these values mean. */
  readonly scenario: (values: KnobValues) => Scenario;
  readonly view?: FigureView;
  /** By default the requests; the rollout where there is no traffic. */
  readonly tells?: readonly Measure[];
}

type ValuesOf<K> = { readonly [I in keyof K]: K[I] extends Knob<infer V> ? V : never };

interface FigurePlan<K> extends Omit<Figure, "knobs" | "scenario"> {
  readonly knobs: K;
  readonly scenario: (values: ValuesOf<K>) => Scenario;
}

// A knob takes its own values only; as one of many it is asked for those, whatever they are.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyKnob = Knob<any>;

/** A figure whose scenario gets its knobs' values in their own types. */
export function figure<const K extends Readonly<Record<string, AnyKnob>>>(
  plan: FigurePlan<K>,
): Figure {
  return plan as unknown as Figure;
}

/** Every knob where it stands at first. */
export function initialValues({ knobs }: Figure): KnobValues {
  return Object.fromEntries(Object.entries(knobs).map(([id, { initial }]) => [id, initial]));
}

/**
 * The knobs with some of them set elsewhere.
 *
 * @throws where a knob is not there, or does not stop there
 */
export function settledValues(figure: Figure, wanted: KnobValues): KnobValues {
  for (const [id, value] of Object.entries(wanted)) {
    const knob = figure.knobs[id];
    if (knob === undefined) {
      throw new Error(
        `there is no knob "${id}"; there are: ${Object.keys(figure.knobs).join(", ") || "none"}`,
      );
    }
    if (!knob.stops.includes(value)) {
      throw new Error(
        `the knob "${id}" does not stop at ${JSON.stringify(value)}, but at ${knob.stops.join(", ")}`,
      );
    }
  }
  return { ...initialValues(figure), ...wanted };
}
