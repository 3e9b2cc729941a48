/*
 * Logarithm and exponential from the four operations alone. The language leaves the last bits of Math.log and Math.exp to the engine;
 * a run has to be the same bytes in every browser.
 */

const LN_2 = 0.6931471805599453;

/** Natural logarithm of a positive number. */
export function ln(x: number): number {
  if (!(x > 0)) return -Infinity;
  let exponent = 0;
  let mantissa = x;
  while (mantissa > 1.5) {
    mantissa /= 2;
    exponent += 1;
  }
  while (mantissa < 0.75) {
    mantissa *= 2;
    exponent -= 1;
  }
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let term = ratio;
  let sum = 0;
  for (let n = 1; n < 30; n += 2) {
    const next = sum + term / n;
    // The terms fall, so that the others would change nothing either.
    if (next === sum) break;
    sum = next;
    term *= square;
  }
  return 2 * sum + exponent * LN_2;
}

/** e to the power of x. */
export function exp(x: number): number {
  const halvings = Math.round(x / LN_2);
  const rest = x - halvings * LN_2;
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 18; n += 1) {
    term *= rest / n;
    if (sum + term === sum) break;
    sum += term;
  }
  for (let n = 0; n < halvings; n += 1) sum *= 2;
  for (let n = 0; n > halvings; n -= 1) sum /= 2;
  return sum;
}
