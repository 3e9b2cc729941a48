/*
 * Go's sort.Sort, a pattern-defeating quicksort (Go src/sort/zsortinterface.go pdqsort). It is not stable, but determined: which of two equal
 * things comes first follows from where all stood before. `kubectl get --sort-by` is such a sort of what the API lists by name, and times of
 * the API are whole seconds, so that most of the order of a list of events is made here.
 */

/** Below this, insertion sort, which is stable. */
const INSERTION_MAX = 12;
/** From this on pivots are chosen with more care, and a nearly sorted range may be mended in place. */
const LONG = 50;
const MENDING_STEPS = 5;
/** Swaps of nine comparisons where each found its two in the wrong order. */
const SWAPS_OF_DESCENDING = 12;

/** Sorts in place as Go would. `less` is a strict order. */
export function goSort<T>(items: T[], less: (a: T, b: T) => boolean): void {
  new Sorter(items, less).sort(0, items.length, bitLength(items.length));
}

class Sorter<T> {
  readonly #items: T[];
  readonly #isLess: (a: T, b: T) => boolean;

  constructor(items: T[], isLess: (a: T, b: T) => boolean) {
    this.#items = items;
    this.#isLess = isLess;
  }

  /** Sorts [from, to). `patience` bad pivots are borne before heap sort takes over. */
  sort(from: number, to: number, patience: number): void {
    let balanced = true;
    let partitioned = true;
    while (to - from > INSERTION_MAX) {
      if (patience === 0) return this.#heapSort(from, to);
      if (!balanced) {
        this.#shuffleSome(from, to);
        patience -= 1;
      }
      let { pivot, order } = this.#choosePivot(from, to);
      if (order === "descending") {
        this.#reverse(from, to);
        pivot = to - 1 - (pivot - from);
        order = "ascending";
      }
      if (balanced && partitioned && order === "ascending" && this.#mend(from, to)) return;
      if (from > 0 && !this.#less(from - 1, pivot)) {
        from = this.#skipEqual(from, to, pivot);
        continue;
      }
      const { middle, nothingMoved } = this.#partition(from, to, pivot);
      partitioned = nothingMoved;
      const [left, right] = [middle - from, to - middle];
      balanced = Math.min(left, right) >= Math.floor((to - from) / 8);
      if (left < right) {
        this.sort(from, middle, patience);
        from = middle + 1;
      } else {
        this.sort(middle + 1, to, patience);
        to = middle;
      }
    }
    this.#insertionSort(from, to);
  }

  #less(i: number, j: number): boolean {
    return this.#isLess(this.#items[i]!, this.#items[j]!);
  }

  #swap(i: number, j: number): void {
    [this.#items[i], this.#items[j]] = [this.#items[j]!, this.#items[i]!];
  }

  #insertionSort(from: number, to: number): void {
    for (let i = from + 1; i < to; i += 1) this.#sinkLeft(i, from);
  }

  /** Moves an item left until the one before it is not greater, at most to `first`. */
  #sinkLeft(at: number, first: number): void {
    for (let i = at; i > first && this.#less(i, i - 1); i -= 1) this.#swap(i, i - 1);
  }

  #heapSort(from: number, to: number): void {
    const size = to - from;
    for (let i = Math.floor((size - 1) / 2); i >= 0; i -= 1) this.#siftDown(i, size, from);
    for (let i = size - 1; i >= 0; i -= 1) {
      this.#swap(from, from + i);
      this.#siftDown(0, i, from);
    }
  }

  #siftDown(start: number, size: number, from: number): void {
    let root = start;
    for (;;) {
      let child = 2 * root + 1;
      if (child >= size) return;
      if (child + 1 < size && this.#less(from + child, from + child + 1)) child += 1;
      if (!this.#less(from + root, from + child)) return;
      this.#swap(from + root, from + child);
      root = child;
    }
  }

  /** Splits into less than the pivot, the pivot, and the rest. */
  #partition(from: number, to: number, pivot: number) {
    this.#swap(from, pivot);
    let [i, j] = [from + 1, to - 1];
    let nothingMoved = true;
    for (;;) {
      while (i <= j && this.#less(i, from)) i += 1;
      while (i <= j && !this.#less(j, from)) j -= 1;
      if (i > j) break;
      nothingMoved = false;
      this.#swap(i, j);
      i += 1;
      j -= 1;
    }
    this.#swap(j, from);
    return { middle: j, nothingMoved };
  }

  /** Puts all that equals the pivot, which is the least here, to the front; returns where the greater begin. */
  #skipEqual(from: number, to: number, pivot: number): number {
    this.#swap(from, pivot);
    let [i, j] = [from + 1, to - 1];
    for (;;) {
      while (i <= j && !this.#less(from, i)) i += 1;
      while (i <= j && this.#less(from, j)) j -= 1;
      if (i > j) return i;
      this.#swap(i, j);
      i += 1;
      j -= 1;
    }
  }

  /** Sorts a range in which very few are out of place; says whether it is sorted now. */
  #mend(from: number, to: number): boolean {
    let i = from + 1;
    for (let step = 0; step < MENDING_STEPS; step += 1) {
      while (i < to && !this.#less(i, i - 1)) i += 1;
      if (i === to) return true;
      if (to - from < LONG) return false;
      this.#swap(i, i - 1);
      if (i - from >= 2) this.#sinkLeft(i - 1, 0);
      for (let j = i + 1; j < to && this.#less(j, j - 1); j += 1) this.#swap(j, j - 1);
    }
    return false;
  }

  /** Breaks patterns that make bad pivots; its randomness comes from the length alone. */
  #shuffleSome(from: number, to: number): void {
    const length = to - from;
    const mask = (1 << bitLength(length)) - 1;
    let random = BigInt(length);
    const at = from + Math.floor(length / 4) * 2 - 1;
    for (let i = 0; i < 3; i += 1) {
      random = BigInt.asUintN(64, random ^ (random << 13n));
      random ^= random >> 17n;
      random = BigInt.asUintN(64, random ^ (random << 5n));
      const other = Number(random & BigInt(mask));
      this.#swap(at + i, from + (other >= length ? other - length : other));
    }
  }

  /** The median of three, or of three medians, and what the comparisons tell of the order. */
  #choosePivot(from: number, to: number) {
    const length = to - from;
    const quarter = Math.floor(length / 4);
    const count = { swaps: 0 };
    const nearby = (i: number) => (length >= LONG ? this.#median([i - 1, i, i + 1], count) : i);
    const pivot = this.#median(
      [nearby(from + quarter), nearby(from + 2 * quarter), nearby(from + 3 * quarter)],
      count,
    );
    const order =
      count.swaps === 0
        ? "ascending"
        : count.swaps === SWAPS_OF_DESCENDING
          ? "descending"
          : "unknown";
    return { pivot, order };
  }

  #median([first, second, third]: [number, number, number], count: { swaps: number }): number {
    let [a, b, c] = [first, second, third];
    const ordered = (x: number, y: number): [number, number] => {
      if (!this.#less(y, x)) return [x, y];
      count.swaps += 1;
      return [y, x];
    };
    [a, b] = ordered(a, b);
    [b, c] = ordered(b, c);
    [a, b] = ordered(a, b);
    return b;
  }

  #reverse(from: number, to: number): void {
    for (let i = from, j = to - 1; i < j; i += 1, j -= 1) this.#swap(i, j);
  }
}

/** Binary digits of a number. */
function bitLength(n: number): number {
  return 32 - Math.clz32(n);
}
