/** `$((1 + 2 * n))`: whole numbers with + - * / % ( ) and comparisons; undefined for anything else. */
export function arithmetic(
  text: string,
  variables: Readonly<Record<string, string>>,
): number | undefined {
  const tokens = text.match(/\d+|[A-Za-z_]\w*|[<>=!]=|[-+*/%()<>]|\S/g) ?? [];
  let at = 0;
  const take = (...signs: string[]) =>
    signs.includes(tokens[at] ?? "") ? tokens[at++] : undefined;
  const operand = (): number => {
    if (take("(") !== undefined) {
      const inner = compare();
      return take(")") === undefined ? Number.NaN : inner;
    }
    if (take("-") !== undefined) return -operand();
    const token = tokens[at++] ?? "";
    if (/^\d+$/.test(token)) return Number(token);
    return /^[A-Za-z_]/.test(token) ? Number(variables[token] || 0) : Number.NaN;
  };
  const product = (): number => {
    let left = operand();
    for (let sign = take("*", "/", "%"); sign !== undefined; sign = take("*", "/", "%")) {
      const right = operand();
      if (sign !== "*" && right === 0) return Number.NaN;
      left = sign === "*" ? left * right : sign === "/" ? Math.trunc(left / right) : left % right;
    }
    return left;
  };
  const sum = (): number => {
    let left = product();
    for (let sign = take("+", "-"); sign !== undefined; sign = take("+", "-")) {
      const right = product();
      left = sign === "+" ? left + right : left - right;
    }
    return left;
  };
  const compare = (): number => {
    const left = sum();
    const sign = take("<", ">", "<=", ">=", "==", "!=");
    if (sign === undefined) return left;
    const right = sum();
    const order = left - right;
    return Number(
      {
        "<": order < 0,
        ">": order > 0,
        "<=": order <= 0,
        ">=": order >= 0,
        "==": order === 0,
        "!=": order !== 0,
      }[sign],
    );
  };
  const value = compare();
  return at === tokens.length && Number.isSafeInteger(value) ? value : undefined;
}
