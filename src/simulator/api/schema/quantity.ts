/*
 * resource.Quantity: a decimal number with a suffix (apimachinery pkg/api/resource/quantity.go ParseQuantity). Amounts are kept as a
 * whole number of nano units in a bigint, which holds every amount exactly.
 */

const NANO = 1_000_000_000n;

/** What ParseQuantity says of a text that has not the form of a quantity. */
const QUANTITY_FORM_ERROR =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX_ERROR = "unable to parse quantity's suffix";

const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};

/** Power of ten of each decimal suffix. */
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

export type ParsedQuantity =
  | { readonly nano: bigint; readonly format: "binary" | "decimal" | "exponent" }
  | { readonly error: string };

const parsed = new Map<string, ParsedQuantity>();

/** Reads a quantity; an error is the text of Go's. Amounts below one nano unit are rounded up, as upstream does. */
export function parseQuantity(text: string): ParsedQuantity {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const result = parse(text);
  if (parsed.size < 1000) parsed.set(text, result);
  return result;
}

function parse(text: string): ParsedQuantity {
  const match = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([^0-9.].*)?$/.exec(text);
  if (match === null || text === "") return { error: QUANTITY_FORM_ERROR };
  // A suffix alone is none of it: `Mi` is 0.
  const [, sign, whole = "", fraction = "", suffix = ""] = match;
  if (!/^[eEinumkKMGTP]*[-+]?[0-9]*$/.test(suffix)) return { error: QUANTITY_FORM_ERROR };
  const digits = BigInt(whole + fraction || 0);
  const scale = scaleOf(suffix);
  if (scale === undefined) return { error: SUFFIX_ERROR };
  const numerator = digits * NANO * scale.multiplier;
  const nano = scaledUp(numerator, scale.exponent - fraction.length);
  return { nano: sign === "-" ? -nano : nano, format: scale.format };
}

function scaleOf(suffix: string):
  | {
      multiplier: bigint;
      exponent: number;
      format: "binary" | "decimal" | "exponent";
    }
  | undefined {
  const binary = BINARY[suffix];
  if (binary !== undefined) return { multiplier: binary, exponent: 0, format: "binary" };
  const decimal = DECIMAL[suffix];
  if (decimal !== undefined) return { multiplier: 1n, exponent: decimal, format: "decimal" };
  const match = /^[eE]([-+]?[0-9]{1,3})$/.exec(suffix);
  if (match === null) return undefined;
  return { multiplier: 1n, exponent: Number(match[1]), format: "exponent" };
}

/** value * 10^exponent, rounded away from zero where it is no whole number. */
function scaledUp(value: bigint, exponent: number): bigint {
  if (exponent >= 0) return value * BigInt("1" + "0".repeat(exponent));
  const divisor = BigInt("1" + "0".repeat(-exponent));
  return (value + divisor - 1n) / divisor;
}

/** Nano units of a quantity that has been decoded or validated; 0 for one that cannot be read. */
export function quantityNano(quantity: string | number): bigint {
  const result = parseQuantity(String(quantity));
  return "nano" in result ? result.nano : 0n;
}

/** Amount in milli units (cores × 1000), rounded up (Quantity.MilliValue). */
export function quantityMilli(quantity: string | number): number {
  return Number(ceilDivide(quantityNano(quantity), 1_000_000n));
}

/** Amount in whole units (bytes), rounded up (Quantity.Value). */
export function quantityValue(quantity: string | number): number {
  return Number(ceilDivide(quantityNano(quantity), NANO));
}

function ceilDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value > 0n && value % divisor !== 0n ? quotient + 1n : quotient;
}

/**
 * The quantity as the API writes it: without fraction, with the largest suffix of its own kind that needs none
 * (Quantity.CanonicalizeBytes): `0.5` becomes `500m`, `1024Mi` becomes `1Gi`, `1000m` becomes `1`.
 */
export function canonicalQuantity(quantity: string | number): string {
  const result = parseQuantity(String(quantity));
  if (!("nano" in result)) return String(quantity);
  return formatQuantity(result.nano, result.format);
}

/**
 * `%#v` of a Quantity whose text is canonical (`500m`, `2`, `1Gi`), which is kept beside the number; but not one whose binary number is divided by 8
 * (`512Mi`), which ParseQuantity does not take for canonical.
 */
export function goQuantity(quantity: string | number): string {
  const text = canonicalQuantity(quantity);
  const [, digits = "0", suffix = ""] = /^(-?[0-9]+)(.*)$/.exec(text) ?? [];
  const { multiplier = 1n, exponent = 0, format = "decimal" } = scaleOf(suffix) ?? {};
  const value = BigInt(digits) * multiplier;
  const name = { binary: "BinarySI", decimal: "DecimalSI", exponent: "DecimalExponent" }[format];
  const kept = format === "binary" && BigInt(digits) % 8n === 0n ? "" : text;
  return `resource.Quantity{i:resource.int64Amount{value:${value}, scale:${exponent}}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"${kept}", Format:"${name}"}`;
}

/** Writes an amount of nano units in the given format. */
export function formatQuantity(nano: bigint, format: "binary" | "decimal" | "exponent"): string {
  if (nano === 0n) return "0";
  const negative = nano < 0n;
  const size = negative ? -nano : nano;
  const sign = negative ? "-" : "";
  if (format === "binary" && size % NANO === 0n && size / NANO >= 1024n) {
    return sign + binaryText(size / NANO);
  }
  let mantissa = size;
  let exponent = -9;
  while (mantissa % 1000n === 0n && exponent < 18) {
    mantissa /= 1000n;
    exponent += 3;
  }
  if (format === "exponent") return sign + mantissa + (exponent === 0 ? "" : `e${exponent}`);
  const suffix = Object.keys(DECIMAL).find((name) => DECIMAL[name] === exponent)!;
  return sign + mantissa + suffix;
}

function binaryText(units: bigint): string {
  let mantissa = units;
  let suffix = "";
  for (const name of ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]) {
    if (mantissa % 1024n !== 0n) break;
    mantissa /= 1024n;
    suffix = name;
  }
  return `${mantissa}${suffix}`;
}

/** Compares two quantities: negative when the first is smaller. */
export function compareQuantities(a: string | number, b: string | number): number {
  const difference = quantityNano(a) - quantityNano(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
