/** A language that every sentence here exists in. */
export type Language = "en" | "ko";

/** Something that exists in both languages. */
export type InBoth<T> = Readonly<Record<Language, T>>;
