import { isRecord, type GivenObject } from "../input/read-input.ts";
import type { State } from "../plan/prepare.ts";
import { keyOf } from "../plan/units.ts";

/** Keys and list indexes from an object's top. */
export type Path = readonly (string | number)[];

/** One change of one object: a value set at a path; undefined takes the field away. */
export interface Edit {
  /** `Deployment/default/web` */
  readonly object: string;
  readonly path: Path;
  readonly value: unknown;
}

/** The value with an edit carried out. Mappings that are missing on the way are made. */
export function edited<T>(value: T, path: Path, to: unknown): T {
  const [step, ...rest] = path;
  if (step === undefined) return to as T;
  if (typeof step === "number") {
    const list = Array.isArray(value) ? [...(value as unknown[])] : [];
    list[step] = edited(list[step], rest, to);
    return list as T;
  }
  const record: Readonly<Record<string, unknown>> = isRecord(value) ? value : {};
  if (rest.length === 0 && to === undefined) {
    const { [step]: _, ...others } = record;
    return others as T;
  }
  return { ...record, [step]: edited(record[step], rest, to) } as T;
}

/** A state with the edits of its objects carried out. */
export function editedState(state: State, edits: readonly Edit[]): State {
  const all = (objects: readonly GivenObject[]) =>
    objects.map((given) => editedObject(given, edits));
  return { ...state, workloads: all(state.workloads), others: all(state.others) };
}

/** An object with its edits carried out. */
function editedObject(given: GivenObject, edits: readonly Edit[]): GivenObject {
  const own = edits.filter(({ object }) => object === keyOf(given));
  const object = own.reduce((value, { path, value: to }) => edited(value, path, to), given.object);
  return { ...given, object };
}
