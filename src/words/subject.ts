/** What a mark, a sentence or a row of the table speaks of: what "why?" can be asked of. Pods are named, indexes are into the timeline's lists. */
export type Subject =
  | { readonly kind: "phase"; readonly pod: string; readonly fromMs: number }
  | {
      readonly kind: "route";
      readonly router: string;
      readonly pod: string;
      readonly fromMs: number;
    }
  /** A pod that routers choose though its port does not accept connections. */
  | { readonly kind: "gap"; readonly pod: string; readonly fromMs: number; readonly toMs: number }
  /** Failed requests drawn as one mark, at least one: numbers as in `RequestRecord.id`. */
  | { readonly kind: "requests"; readonly ids: readonly number[] }
  /** Decisions drawn as one mark, at least one. */
  | { readonly kind: "decisions"; readonly indexes: readonly number[] }
  | { readonly kind: "input"; readonly index: number };

/** A name of the subject that is unique within a timeline. */
export function subjectKey(subject: Subject): string {
  switch (subject.kind) {
    case "phase":
      return `phase ${subject.pod} ${subject.fromMs}`;
    case "route":
      return `route ${subject.router} ${subject.pod} ${subject.fromMs}`;
    case "gap":
      return `gap ${subject.pod} ${subject.fromMs}`;
    case "requests":
      return `requests ${subject.ids[0]} ${subject.ids.length}`;
    case "decisions":
      return `decisions ${subject.indexes[0]} ${subject.indexes.length}`;
    case "input":
      return `input ${subject.index}`;
  }
}

/** Whether a mark is of the very subject, or stands for it among others. */
export function standsFor(mark: Subject, subject: Subject): boolean {
  if (mark.kind === "requests" && subject.kind === "requests") {
    return mark.ids.includes(subject.ids[0] ?? -1);
  }
  if (mark.kind === "decisions" && subject.kind === "decisions") {
    return mark.indexes.includes(subject.indexes[0] ?? -1);
  }
  return subjectKey(mark) === subjectKey(subject);
}
