/** A format with its values, as printf of the shell and of awk have it: `%s %-10s %5d %.2f %%`, `\n`. */
export function formatted(format: string, values: readonly string[]): string {
  let next = 0;
  return format
    .replace(/\\([nt\\"])/g, (_, c: string) => ({ n: "\n", t: "\t" })[c] ?? c)
    .replace(
      /%(-?)(0?)(\d*)(?:\.(\d+))?([sdfi%])/g,
      (_, minus: string, zero: string, width: string, digits: string | undefined, kind: string) => {
        if (kind === "%") return "%";
        const value = values[next] ?? "";
        next += 1;
        const text =
          kind === "s"
            ? value.slice(0, digits === undefined ? undefined : Number(digits))
            : kind === "f"
              ? (Number(value) || 0).toFixed(Number(digits ?? 6))
              : String(Math.trunc(Number(value) || 0));
        if (minus !== "") return text.padEnd(Number(width));
        return text.padStart(Number(width), zero === "0" && kind !== "s" ? "0" : " ");
      },
    );
}
